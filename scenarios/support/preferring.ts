import type { ClauseId } from '../../contract/clauses.ts';
import { headers, preferences } from '../../contract/vocabulary.ts';
import type { CheckTools } from '../../harness/collect.ts';
import { isAccepted } from '../../harness/check/accepted.ts';
import type { Called } from '../../harness/probe-calls.ts';
import { callbackField } from '../../harness/preferences.ts';
import type { ProbeAnswer } from '../../harness/plan.ts';
import type { Delivery } from '../../harness/listener.ts';
import { Blocked, Broken, expect, fail, NotReached, succeed } from '../../harness/test.ts';
import { driveToRest } from './moments.ts';
import { letItShow } from './no-operation.ts';
import { comesAsUsual } from './waiting.ts';

/** What the checks of preferences need. */
export type PreferTools = Pick<CheckTools, 'call' | 'operationOf' | 'clock' | 'target'>;

/** The value or values of `Prefer`, given the URL of the callback. */
export type PreferWith = (callbackUrl: string) => string | readonly string[];

function shown(prefer: string | readonly string[]): string {
  return (typeof prefer === 'string' ? [prefer] : prefer).map((one) => `Prefer: ${one}`).join(' + ');
}

/** Another `Prefer` that has to be accepted, or else the check is blocked by the clause. */
export interface ControlGroup {
  readonly prefer: string | readonly string[];
  readonly clause: ClauseId;
}

/**
 * Demands that a call with this `Prefer` is accepted as an operation; blocks the check where even the
 * plain preference, or the control, is not.
 */
export async function expectAsynchronous(
  { call }: Pick<PreferTools, 'call'>,
  prefer: string | readonly string[],
  control?: ControlGroup,
): Promise<Called> {
  const called = await call({ prefer });
  if (!isAccepted(called.answer)) {
    await blockUnlessAccepted(call);
    if (control !== undefined) await blockUnlessControlled(call, control);
  }
  if (!isAccepted(called.answer))
    expect(called.answer, 'status', `the status of POST with ${shown(prefer)}`).toBe(202);
  noteApplied(called, 'submit.preference-applied', preferences.respondAsync, prefer);
  return called;
}

/** Notes where an accepted call does not tell that it applied a preference, however that was asked for. */
function noteApplied(
  called: Called,
  clause: ClauseId,
  preference: string,
  prefer: string | readonly string[],
): void {
  const names = applied(called).map((one) => one.split(/[;=]/, 1)[0]?.trim());
  if (called.answer.status !== 202 || names.includes(preference)) return;
  const told = called.answer.describeHeaders(headers.preferenceApplied);
  called.answer.note(clause, `expected ${preference} for ${shown(prefer)}: ${told}`);
}

async function blockUnlessAccepted(call: PreferTools['call']): Promise<void> {
  const { answer } = await call();
  if (!isAccepted(answer)) throw new Blocked('submit.accepted', answer.describe());
}

async function blockUnlessControlled(call: PreferTools['call'], control: ControlGroup): Promise<void> {
  const { answer } = await call({ prefer: control.prefer });
  if (!isAccepted(answer))
    throw new Blocked(control.clause, `${shown(control.prefer)}: ${answer.describe()}`);
}

/**
 * Demands that a call with this `Prefer` is answered as one without any: synchronously. Blocks the
 * check where that one becomes an operation too.
 */
export async function expectIgnored({ call }: Pick<PreferTools, 'call'>, prefer: string): Promise<void> {
  const { answer: usual } = await call({ prefer: null });
  if (usual.status === 202) throw new Blocked('submit.synchronous-without-preference', usual.describe());
  const { answer } = await call({ prefer });
  expect(answer, 'status', `the status of POST with ${shown(prefer)}`).toBe(usual.status);
}

/** Which callback is asked for, and what the check builds on. */
export interface CallbackOptions {
  /** Added to the callback's URL. */
  readonly suffix?: string;
  /** The way of asking that has to work, or else the check is blocked; the documented one by default. */
  readonly control?: PreferWith;
  /** The clause that is broken where the control does not work. */
  readonly controls?: ClauseId;
}

/** A callback that was asked for, with the URL to which it was to come. */
interface Asked {
  readonly delivery: Delivery;
  readonly callbackUrl: string;
}

/**
 * Demands that a call with this `Prefer` is accepted and that its callback arrives; gives the first
 * one. Blocks the check where the control, with a URL that has nothing unusual, brings none either. Where
 * none comes after a success however it is asked for, one after a failure does as well.
 */
export async function expectCallback(
  tools: PreferTools,
  prefer: PreferWith,
  options: CallbackOptions = {},
): Promise<Asked> {
  try {
    return await expectCallbackAfter(tools, prefer, options, [succeed()]);
  } catch (error) {
    if (!(error instanceof NotReached) || !tools.clock.virtual) throw error;
    return expectCallbackAfter(tools, prefer, options, [fail()]);
  }
}

async function expectCallbackAfter(
  tools: PreferTools,
  prefer: PreferWith,
  { suffix = '', control = withCallback, controls = 'callback.post' }: CallbackOptions,
  attempts: readonly [ProbeAnswer],
): Promise<Asked> {
  const called = await tools.call({ callback: { suffix }, prefer, attempts });
  const callbackUrl = called.callbackUrl ?? '';
  const asked = shown(prefer(callbackUrl));
  const delivery = isAccepted(called.answer) ? await firstCallback(tools, called) : undefined;
  if (delivery !== undefined) {
    const { plainCallback } = preferences;
    noteApplied(called, 'callback.preference-applied', plainCallback, prefer(callbackUrl));
    return { delivery, callbackUrl };
  }
  await blockUnlessAccepted(tools.call);
  const usual = await tools.call({ callback: true, prefer: control, attempts });
  const came = isAccepted(usual.answer) && (await firstCallback(tools, usual)) !== undefined;
  if (!came && tools.clock.virtual) await requireCallbacks(tools, attempts);
  if (!came)
    throw new Blocked(controls, `no callback comes for ${shown(control(usual.callbackUrl ?? ''))} either`);
  if (!isAccepted(called.answer))
    expect(called.answer, 'status', `the status of POST with ${asked}`).toBe(202);
  throw new Broken(`the callback asked for with ${asked}`, 'a request', 'none');
}

/** Blocks the check where no callback comes after such attempts, though it is asked for in a field of its own. */
async function requireCallbacks(tools: PreferTools, attempts: readonly [ProbeAnswer]): Promise<void> {
  const prefer: PreferWith = (url) => [preferences.respondAsync, callbackField(url)];
  const called = await tools.call({ callback: true, prefer, attempts });
  if (!isAccepted(called.answer) || (await firstCallback(tools, called)) !== undefined) return;
  const clause = attempts[0].outcome === 'fail' ? 'callback.on-failure' : 'callback.on-success';
  const why = 'no callback comes, however it is asked for';
  called.answer.note(clause, why, false);
  throw new NotReached(clause, why);
}

async function firstCallback(
  { operationOf, clock, target }: PreferTools,
  called: Called,
): Promise<Delivery | undefined> {
  await driveToRest({ clock, target }, operationOf(called)).catch((error: unknown) => {
    if (error instanceof NotReached) called.answer.note(error.blockedBy, error.why, error.certain);
    throw error;
  });
  const came = (): boolean => called.callbacks?.deliveries.length !== 0;
  if (!came()) await (clock.virtual ? letItShow({ clock }) : comesAsUsual(target, 'callback', came));
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

/** The documented way of asking for a callback. */
export function withCallback(url: string): string {
  return `${preferences.respondAsync}, ${preferences.callback}; url="${url}"`;
}
