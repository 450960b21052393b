import { InvalidArgumentError } from 'commander';
import type { ProtectionOptions } from '../simulator/protection/guard.ts';
import type { Shard, VerifyFormat } from './verify/options.ts';

/** A reader of whole numbers in a range, for commander. */
export function wholeNumberArgument(least: number, most = 2_147_483_647): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Wanted a whole number from ${least} to ${most}.`);
  };
}

/** The longest --wait: a day. */
export const longestWaitSeconds = 86_400;

/** A reader of numbers in a range, for commander. */
export function decimalNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+(\.\d+)?$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Wanted a number from ${least} to ${most}.`);
  };
}

/** Collects an option that may be given several times. */
export function collected(text: string, before: readonly string[]): string[] {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return [...before, text];
}

/** Reads `I/N`. */
export function shard(text: string): Shard {
  const [, first = '', second = ''] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const [number, of] = [Number(first), Number(second)];
  if (number >= 1 && number <= of) return { number, of };
  throw new InvalidArgumentError('Wanted I/N with 1 ≤ I ≤ N, e.g. 1/3.');
}

const formatNames: readonly VerifyFormat[] = ['markdown', 'sarif', 'ctrf', 'badge', 'json'];

/** Reads a list of formats, separated by commas. */
export function formatList(text: string, before: readonly VerifyFormat[]): VerifyFormat[] {
  const names = text.split(',').map((name) => name.trim());
  const found = names.flatMap((name) => formatNames.filter((one) => one === name));
  if (found.length === names.length) return [...before, ...found];
  throw new InvalidArgumentError(`Wanted some of ${formatNames.join(', ')}.`);
}

/** The limits of `--service-protection`, by name, and what one of them is in the simulator's terms. */
const protectionLimit = {
  requests: (value: number) => ({ requests: value }),
  execution: (value: number) => ({ executionMs: value * 1_000 }),
  concurrent: (value: number) => ({ concurrent: value }),
  window: (value: number) => ({ windowMs: value * 1_000 }),
} as const;

/** Reads `requests=60,window=10`; what is not named is as documented. */
export function protectionLimits(text: string): ProtectionOptions {
  const names = Object.keys(protectionLimit).join(', ');
  return text.split(',').reduce<ProtectionOptions>((limits, part) => {
    const [, name = '', value = ''] = /^\s*([a-z]+)=([1-9]\d{0,8})\s*$/.exec(part) ?? [];
    if (name in protectionLimit)
      return { ...limits, ...protectionLimit[name as keyof typeof protectionLimit](Number(value)) };
    throw new InvalidArgumentError(
      `Wanted NAME=NUMBER with ${names}, separated by commas, e.g. requests=60,window=10.`,
    );
  }, {});
}

/** Reads a list of entries for `--callback-hosts`, separated by commas; it is checked when the server starts. */
export function callbackHosts(text: string): string[] {
  const entries = text.split(',').map((entry) => entry.trim());
  if (entries.some((entry) => entry.replace(/^!/, '') === '')) {
    throw new InvalidArgumentError('Wanted a list separated by commas, e.g. private,public,!10.0.0.1.');
  }
  return entries;
}
