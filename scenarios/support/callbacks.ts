import { show } from '../../harness/expect.ts';
import { parseJson } from '../../harness/json.ts';
import { cameFrom } from '../../harness/origin.ts';
import { paths } from '../../contract/vocabulary.ts';
import { isObject, type JsonObject } from '../../harness/answer.ts';
import type { CheckTools } from '../../harness/collect.ts';
import type { Delivery } from '../../harness/listener.ts';
import type { Operation } from '../../harness/operation.ts';
import { Blocked, NotReached, NotTestable, Undecided } from '../../harness/test.ts';
import type { Completion } from './completions.ts';
import { comes, comesAsUsual, passes, type WaitingTarget } from './waiting.ts';

/**
 * The callbacks of an operation at rest, once one has come. Where none does, the check is blocked, or
 * not testable where none need come.
 */
export async function calledBack(
  operation: Operation,
  target: WaitingTarget,
  { certain }: Pick<Completion, 'certain'> = { certain: true },
): Promise<readonly Delivery[]> {
  const came = (): boolean => operation.callbacks.length > 0;
  const what = certain ? 'callback' : 'callback after cancellation';
  if (await comesAsUsual(target, what, came)) return operation.callbacks;
  if (!certain) throw new NotTestable('no callback comes after a cancellation (callback.on-cancel)');
  const { status } = await operation.monitor();
  const missing = status === 31 ? 'callback.on-failure' : status === 30 ? 'callback.on-success' : undefined;
  if (missing === undefined)
    throw new Undecided(`no callback came, and the operation shows the status ${status}`);
  throw new NotReached(missing, `no callback came for an operation that shows the status ${status}`);
}

/** When the probe was last called for an operation, on the suite's clock; 0 where it never was. */
function lastProbeCall(operation: Operation): number {
  return operation.parts.play?.attempts.at(-1)?.calls.at(-1)?.arrivedAt ?? 0;
}

/** The callbacks that came after the operation's last attempt had begun to end: those of its completion. */
export function ofCompletion(operation: Operation): Delivery[] {
  const ended = lastProbeCall(operation);
  return operation.callbacks.filter((one) => one.arrivedAt > ended);
}

/** The payload of a delivery; the check is blocked where it is no JSON object. */
export function payloadOf(delivery: Delivery): JsonObject {
  const body = cameFrom(parseJson(delivery.body), delivery.exchange);
  if (!isObject(body)) throw new Blocked('callback.json', `the callback's body was ${show(delivery.body)}`);
  return body;
}

/**
 * Whether a location names the monitor of an operation. Its origin is free, and so is whether it is
 * absolute where the answer to the submission did not name an absolute one.
 */
export function namesMonitor(location: unknown, operation: Operation): boolean {
  if (typeof location !== 'string') return false;
  const absolute = URL.canParse(location);
  if (!absolute && URL.canParse(operation.accepted.header('location') ?? operation.parts.monitorUrl))
    return false;
  const path = absolute ? new URL(location).pathname : location.split('?', 1)[0];
  return path?.toLowerCase() === `${paths.monitor}${operation.id}`;
}

/** Blocks the check where the documented preference by itself does not bring exactly one callback. */
export async function requireOneCallback({
  submit,
  target,
}: Pick<CheckTools, 'submit' | 'target'>): Promise<void> {
  const operation = await submit({ callback: true });
  await operation.finished();
  await comes(target, () => operation.callbacks.length > 0);
  await passes(target);
  const { length } = operation.callbacks;
  if (length === 1) return;
  const why = `${length} callbacks came for the preference alone`;
  throw new Blocked(length === 0 ? 'callback.post' : 'callback.once', why);
}
