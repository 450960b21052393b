import { isDeepStrictEqual } from 'node:util';
import { show } from '../harness/expect.ts';
import { headers } from '../contract/vocabulary.ts';
import type { JsonObject } from '../harness/answer.ts';
import type { CheckTools } from '../harness/collect.ts';
import { Channel, type Reply } from '../harness/listener.ts';
import type { Operation } from '../harness/operation.ts';
import type { MonitorReading } from '../harness/reading.ts';
import { isAccepted } from '../harness/check/accepted.ts';
import { Blocked, clause, expect, fail, test, Undecided } from '../harness/test.ts';
import { closedUrl } from './support/closed-url.ts';
import { comes, day, passes, type WaitingTarget } from './support/waiting.ts';

/** What a client sees of an operation, at its end and after a while: codes and outputs by name. */
interface Outcome {
  readonly atEnd: JsonObject;
  readonly later: JsonObject;
  readonly attempts: number;
}

/** Brings an operation to its end, and past every delivery that is tried again. */
async function outcomeOf(operation: Operation, target: WaitingTarget): Promise<Outcome> {
  const seen = ({ state, status, outputs }: MonitorReading): JsonObject => ({
    ...Object.fromEntries(Object.keys(operation.outputs).map((name) => [name, outputs[name]])),
    state,
    status,
  });
  const atEnd = seen(await operation.settled());
  if (operation.parts.callbacks !== undefined) await comes(target, () => operation.callbacks.length > 0);
  await passes(target);
  const later = seen(await operation.monitor());
  return { atEnd, later, attempts: operation.parts.play?.attempts.length ?? 1 };
}

/**
 * Demands the outcome of an operation like it that asked for no callback: what is wrong with both is
 * for other clauses.
 */
function expectAlike(seen: Outcome, healthy: Outcome): void {
  if (!isDeepStrictEqual(healthy.atEnd, healthy.later))
    throw new Blocked(
      'state.terminal-is-final',
      `it was ${show(healthy.atEnd)} and then ${show(healthy.later)}`,
    );
  expect(seen.atEnd, 'the operation at its end').toEqual(healthy.atEnd);
  expect(seen.later, 'the operation after a while').toEqual(healthy.later);
  expect(seen.attempts, 'the number of attempts').toBe(healthy.attempts);
}

const broken: Readonly<Record<string, readonly Reply[]>> = {
  'answers 500': [{ status: 500 }],
  'answers 404': [{ status: 404, body: '{"error":"bgop"}' }],
  'answers 401': [{ status: 401 }],
  'answers 410': [{ status: 410 }],
  'answers 503 and then 200': [{ status: 503 }, { status: 200 }],
  'cuts the connection': ['cut'],
};

for (const [branch, replies] of Object.entries(broken)) {
  test(
    `a receiver that ${branch} MUST NOT change the outcome`,
    clause('callback.receiver-down', { branch }),
    async ({ submit, target }) => {
      const healthy = await outcomeOf(await submit(), target);
      const operation = await submit({ callback: { replies } });
      expectAlike(await outcomeOf(operation, target), healthy);
    },
  );
}

test(
  'a receiver that fails MUST NOT change the outcome of an operation that fails',
  clause('callback.receiver-down', {
    branch: 'answers 500 after the last failure',
    needs: ['probe', 'callback', 'clock', 'slow'],
  }),
  async ({ submit, target }) => {
    const healthy = await outcomeOf(await submit({ attempts: [fail()] }), target);
    const operation = await submit({ callback: { replies: [{ status: 500 }] }, attempts: [fail()] });
    expectAlike(await outcomeOf(operation, target), healthy);
  },
);

test(
  'a receiver that is not there MUST NOT change the outcome',
  clause('callback.receiver-down', { branch: 'refuses the connection' }),
  async ({ submit, call, operationOf, target }) => {
    const healthy = await outcomeOf(await submit(), target);
    const url = await closedUrl();
    const called = await call({ prefer: `respond-async, odata.callback; url="${url}"` });
    if (called.answer.status >= 400)
      throw new Undecided(`the target takes no callback on ${url}: ${called.answer.describe()}`);
    expectAlike(await outcomeOf(operationOf(called), target), healthy);
  },
);

test(
  'a receiver that hangs MUST NOT change the outcome, nor hold it up',
  clause('callback.receiver-down', { branch: 'hangs' }),
  async ({ submit, target, clock }) => {
    const healthy = await outcomeOf(await submit(), target);
    const operation = await submit({ callback: { replies: ['hang', { status: 200 }] } });
    const meanwhile = await whileHanging(operation, { target, clock }, () => operation.monitor());
    expectAlike(await outcomeOf(operation, target), healthy);
    if (meanwhile.state !== 3 && healthy.atEnd['state'] === 3)
      throw new Blocked('callback.after-completion', `the monitor showed state ${meanwhile.state} meanwhile`);
    expect(meanwhile.status, 'the status while the receiver hangs', meanwhile).toBe(healthy.atEnd['status']);
  },
);

test(
  'other operations MUST come to their end although a receiver hangs',
  clause('callback.receiver-down', { branch: 'hangs beside others' }),
  async ({ submit, target, clock }) => {
    const healthy = await outcomeOf(await submit(), target);
    const hanging = await submit({ callback: { replies: ['hang', { status: 200 }] } });
    const other = await submit();
    await whileHanging(hanging, { target, clock }, () => Promise.resolve());
    expectAlike(await outcomeOf(other, target), healthy);
    expectAlike(await outcomeOf(hanging, target), healthy);
  },
);

/** Looks around while the callback of an operation hangs, and drops it then. */
async function whileHanging<T>(
  operation: Operation,
  { target, clock }: Pick<CheckTools, 'target' | 'clock'>,
  look: () => Promise<T>,
): Promise<T> {
  const arrived = operation.parts.callbacks?.next();
  // On a virtual clock the advance lasts as long as the delivery hangs, so it must not be awaited yet.
  const passing = clock.virtual ? clock.advance(60_000) : comes(target, () => operation.callbacks.length > 0);
  await Promise.race([arrived, passing]);
  try {
    if (operation.callbacks.length === 0) throw new Undecided('no callback came that could be left to hang');
    return await look();
  } finally {
    target.listener.dropHanging();
    await passing;
  }
}

test(
  'a delivery that failed MAY be tried again',
  clause('callback.redelivery'),
  async ({ submit, clock, observe }) => {
    for (const [words, reply] of [
      ['was answered 500', { status: 500 }],
      ['was answered 400', { status: 400 }],
      ['was cut off', 'cut'],
    ] as const) {
      const times: number[] = [];
      const operation = await submit({
        callback: { replies: [reply], onArrival: async () => void times.push(await clock.now()) },
      });
      await operation.settled();
      await clock.advance(day);
      const [first = 0, ...again] = times;
      const after = again.map((time) => `${(time - first) / 1_000} s`).join(', ');
      observe(
        again.length === 0
          ? `a callback that ${words} was not tried again within a day`
          : `a callback that ${words} was tried again ${again.length} times within a day, after ${after}`,
      );
    }
  },
);

test(
  'the connector’s header MAY request a callback too',
  clause('callback.connector-header'),
  async ({ call, operationOf, target, observe }) => {
    const channel = new Channel('callback', () => ({ status: 200 }), false);
    const { url, key } = target.listener.open(channel);
    try {
      const called = await call({ headers: [[headers.callbackUrl, url]] });
      if (!isAccepted(called.answer)) {
        observe(`with ${headers.callbackUrl} the call was answered ${called.answer.status}`);
        return;
      }
      await operationOf(called).settled();
      await comes(target, () => channel.deliveries.length > 0);
      observe(
        channel.deliveries.length > 0
          ? `${headers.callbackUrl} requests a callback`
          : `${headers.callbackUrl} is ignored: no callback came`,
      );
    } finally {
      target.listener.close(key);
    }
  },
);
