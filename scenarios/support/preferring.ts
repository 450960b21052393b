import { headers, preferences } from '../../contract/vocabulary.ts';
import type { CheckTools } from '../../harness/collect.ts';
import type { Called } from '../../harness/probe.ts';
import type { Delivery } from '../../harness/listener.ts';
import { Blocked, Broken, expect } from '../../harness/test.ts';
import { driveToRest } from './moments.ts';
import { letItShow } from './no-operation.ts';

/** What the checks of preferences need. */
export type PreferTools = Pick<CheckTools, 'call' | 'operationOf' | 'clock' | 'target'>;

/** The value or values of `Prefer`, given the URL of the callback. */
export type PreferWith = (callbackUrl: string) => string | readonly string[];

function shown(prefer: string | readonly string[]): string {
  return (typeof prefer === 'string' ? [prefer] : prefer).map((one) => `Prefer: ${one}`).join(' + ');
}

/**
 * Demands that a call with this `Prefer` is accepted as an operation; blocks the check where even the
 * plain preference is not.
 */
export async function expectAsynchronous(
  { call }: Pick<PreferTools, 'call'>,
  prefer: string | readonly string[],
): Promise<Called> {
  const called = await call({ prefer });
  if (called.answer.status !== 202) await blockUnlessAccepted(call);
  expect(called.answer.status, `the status of POST with ${shown(prefer)}`).toBe(202);
  return called;
}

async function blockUnlessAccepted(call: PreferTools['call']): Promise<void> {
  const { answer } = await call();
  if (answer.status !== 202) throw new Blocked('submit.accepted', answer.describe());
}

/**
 * Demands that a call with this `Prefer` is answered as one without any: synchronously. Blocks the
 * check where that one becomes an operation too.
 */
export async function expectIgnored({ call }: Pick<PreferTools, 'call'>, prefer: string): Promise<void> {
  const { answer: usual } = await call({ prefer: null });
  if (usual.status === 202) throw new Blocked('submit.synchronous-without-preference', usual.describe());
  const { answer } = await call({ prefer });
  expect(answer.status, `the status of POST with ${shown(prefer)}`).toBe(usual.status);
  expect(
    answer.header(headers.operationId),
    `the id in the answer to POST with ${shown(prefer)}`,
  ).toBeAbsent();
}

/**
 * Demands that a call with this `Prefer` is accepted and that its callback arrives; gives the first
 * one. Blocks the check where no callback comes for the documented way of asking either.
 *
 * @param suffix what is added to the callback's URL
 */
export async function expectCallback(
  tools: PreferTools,
  prefer: PreferWith,
  suffix = '',
): Promise<{ delivery: Delivery; callbackUrl: string }> {
  const called = await tools.call({ callback: { suffix }, prefer });
  const callbackUrl = called.callbackUrl ?? '';
  const asked = shown(prefer(callbackUrl));
  if (called.answer.status !== 202) await blockUnlessAccepted(tools.call);
  expect(called.answer.status, `the status of POST with ${asked}`).toBe(202);
  const delivery = await firstCallback(tools, called);
  if (delivery !== undefined) return { delivery, callbackUrl };
  const usual = await firstCallback(tools, await tools.call({ callback: true }));
  if (usual === undefined)
    throw new Blocked('callback.post', 'no callback comes for the documented preference either');
  throw new Broken(`the callback asked for with ${asked}`, 'a request', 'none');
}

async function firstCallback(
  { operationOf, clock, target }: PreferTools,
  called: Called,
): Promise<Delivery | undefined> {
  await driveToRest({ clock, target }, operationOf(called));
  if (called.callbacks?.deliveries.length === 0) await letItShow(clock);
  return called.callbacks?.deliveries[0];
}

/** The preferences that an answer says were applied, lower case. */
export function applied(called: Called): string[] {
  return called.answer
    .headerValues(headers.preferenceApplied)
    .flatMap((field) => field.split(','))
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== '');
}

/** The documented way of asking for a callback, in the given words. */
export function withCallback(url: string, respondAsync: string = preferences.respondAsync): string {
  return `${respondAsync}, ${preferences.callback}; url="${url}"`;
}
