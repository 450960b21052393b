import type { FormatName } from '../report/formats.ts';

/** The options of `bgop verify`, as commander gives them. */
export interface VerifyOptions {
  readonly config?: string;
  readonly target?: string;
  readonly report: string;
  readonly only: readonly string[];
  readonly seed?: number;
  readonly runs?: number;
  readonly slow?: boolean;
  readonly maxRequests?: number;
  /** Seconds that a target is waited for. */
  readonly wait?: number;
  readonly workers?: number;
  readonly shard?: Shard;
  readonly strict?: boolean;
  readonly require: readonly string[];
  readonly evidence?: boolean;
  readonly format: readonly VerifyFormat[];
  /** Only tell what would be done. */
  readonly plan?: boolean;
  readonly deviate: readonly string[];
  readonly knownDeviations?: string;
  readonly updateKnownDeviations?: boolean;
  readonly lastFailed?: boolean;
  /** A token of `bgop replay`: only that case of that law is run. */
  readonly replay?: string;
}

/** What `--format` takes: formats of a report, or that of a plan. */
export type VerifyFormat = FormatName | 'json';

/** One part of a run that is spread over machines; numbers from 1. */
export interface Shard {
  readonly number: number;
  readonly of: number;
}

/** The command that repeats a run, fit to be pasted into a shell. */
export function commandOf(options: VerifyOptions, seed: number): string {
  const { replay } = options;
  const words = ['bgop', ...(replay === undefined ? ['verify'] : ['replay', replay])];
  const add = (name: string, value: string | number | undefined): void => {
    if (value !== undefined) words.push(`--${name}`, quoted(String(value)));
  };
  add('config', options.config);
  add('target', options.target);
  for (const name of options.deviate) add('deviate', name);
  for (const pattern of options.only) add('only', pattern);
  if (replay === undefined) add('seed', seed);
  add('runs', options.runs);
  add('max-requests', options.maxRequests);
  add('wait', options.wait);
  add('known-deviations', options.knownDeviations);
  for (const section of options.require) add('require', section);
  if (options.slow === true) words.push('--slow');
  if (options.strict === true) words.push('--strict');
  return words.join(' ');
}

/** A word as it is typed into a shell. */
export function quoted(word: string): string {
  return /^[\w./:@=,+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
