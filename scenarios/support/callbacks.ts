import type { Need } from '../../contract/clause.ts';
import { paths } from '../../contract/vocabulary.ts';
import { isObject, type JsonObject } from '../../harness/answer.ts';
import type { CheckTools } from '../../harness/collect.ts';
import type { Delivery } from '../../harness/listener.ts';
import type { Operation } from '../../harness/operation.ts';
import type { CallbackOptions } from '../../harness/probe.ts';
import { Blocked, fail, Hold, NotTestable, succeed } from '../../harness/test.ts';
import { comes, type Waits } from './waiting.ts';

/** A way in which an operation comes to its end, with a callback asked for. */
export interface End {
  /** For titles and branches: "after success". */
  readonly when: string;
  readonly needs: readonly Need[];
  /** Whether a callback must come; after a cancellation it only should. */
  readonly certain: boolean;
  /** Submits an operation and brings it there. */
  readonly reach: (submit: CheckTools['submit'], callback: true | CallbackOptions) => Promise<Operation>;
}

const holdMs = 5_000;

async function finished(operation: Operation): Promise<Operation> {
  await operation.finished();
  return operation;
}

/** The ends that callbacks tell of. */
export const ends = {
  success: {
    when: 'after success',
    needs: ['probe', 'callback'],
    certain: true,
    reach: async (submit, callback) => finished(await submit({ callback })),
  },
  recovery: {
    when: 'after a retry that succeeded',
    needs: ['probe', 'callback', 'clock', 'slow'],
    certain: true,
    reach: async (submit, callback) => finished(await submit({ callback, attempts: [fail(), succeed()] })),
  },
  failure: {
    when: 'after the last failure',
    needs: ['probe', 'callback', 'clock', 'slow'],
    certain: true,
    reach: async (submit, callback) => finished(await submit({ callback, attempts: [fail()] })),
  },
  canceledWaiting: {
    when: 'after a cancellation before the start',
    needs: ['probe', 'callback', 'clock'],
    certain: false,
    reach: async (submit, callback) => {
      const operation = await submit({ callback });
      await operation.canceled();
      return finished(operation);
    },
  },
  canceledRunning: {
    when: 'after a cancellation during the attempt',
    needs: ['probe', 'callback'],
    certain: false,
    reach: async (submit, callback) => {
      const hold = new Hold(holdMs);
      const operation = await submit({ callback, attempts: [hold] });
      try {
        await operation.started();
        await operation.canceled();
      } finally {
        hold.release(succeed());
      }
      return finished(operation);
    },
  },
} as const satisfies Record<string, End>;

/**
 * The callbacks of an operation at rest, once one has come. Where none does, the check is blocked, or
 * not testable where none need come.
 */
export async function calledBack(
  operation: Operation,
  target: Waits,
  { certain }: Pick<End, 'certain'> = { certain: true },
): Promise<readonly Delivery[]> {
  if (await comes(target, () => operation.callbacks.length > 0)) return operation.callbacks;
  if (!certain) throw new NotTestable('no callback comes after a cancellation (callback.on-cancel)');
  throw new Blocked('callback.post', `no callback came for operation ${operation.id}`);
}

/** When the probe was last called for an operation, on the suite's clock; 0 where it never was. */
export function lastProbeCall(operation: Operation): number {
  return operation.parts.play?.attempts.at(-1)?.calls.at(-1)?.arrivedAt ?? 0;
}

/** The callbacks that came after the operation's last attempt had begun to end: those of its completion. */
export function ofCompletion(operation: Operation): Delivery[] {
  const ended = lastProbeCall(operation);
  return operation.callbacks.filter((one) => one.arrivedAt > ended);
}

/** The payload of a delivery; the check is blocked where it is no JSON object. */
export function payloadOf(delivery: Delivery): JsonObject {
  let body: unknown;
  try {
    body = JSON.parse(delivery.body);
  } catch {
    body = undefined;
  }
  if (!isObject(body)) throw new Blocked('callback.json', `the callback's body was ${delivery.body}`);
  return body;
}

/**
 * Whether a location names the monitor of an operation. Its origin is free, and so is whether it is
 * absolute where `Location` of the 202 is not.
 */
export function namesMonitor(location: unknown, operation: Operation): boolean {
  if (typeof location !== 'string') return false;
  const absolute = URL.canParse(location);
  if (!absolute && URL.canParse(operation.accepted.header('location') ?? '')) return false;
  const path = absolute ? new URL(location).pathname : location.split('?', 1)[0];
  return path?.toLowerCase() === `${paths.monitor}${operation.id}`;
}
