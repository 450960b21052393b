import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { headers } from '../contract/vocabulary.ts';
import { Channel, type Reply } from '../harness/listener.ts';
import type { Operation } from '../harness/operation.ts';
import type { MonitorReading } from '../harness/reading.ts';
import { Blocked, clause, expect, fail, succeed, test, Undecided } from '../harness/test.ts';
import { sameValue } from './support/values.ts';
import { comes, day, passes } from './support/waiting.ts';

/** A URL of this machine at which nobody listens. */
async function closedUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/bgop/refused?sig=bgop-1`;
}

/** Demands that an operation succeeded as if its receiver were well. */
async function expectSuccess(operation: Operation): Promise<void> {
  const reading = await operation.settled();
  expectSucceeded(operation, reading);
  if (operation.parts.play !== undefined) expect(operation.attempts.length, 'the number of attempts').toBe(1);
}

function expectSucceeded(operation: Operation, { state, status, outputs }: MonitorReading): void {
  expect([state, status], 'the codes of the operation').toEqual([3, 30]);
  for (const [name, value] of Object.entries(operation.outputs))
    expect(outputs[name], `the output ${name}`).toSatisfy(
      sameValue(name, value, outputs[name]),
      JSON.stringify(value),
    );
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
      const operation = await submit({ callback: { replies } });
      await expectSuccess(operation);
      await comes(target, () => operation.callbacks.length > 0);
      await passes(target);
      await expectSuccess(operation);
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
    const operation = await submit({ callback: { replies: [{ status: 500 }] }, attempts: [fail()] });
    const { state, status } = await operation.settled();
    expect([state, status], 'the codes of the operation').toEqual([3, 31]);
    const attempts = operation.parts.play?.attempts.length;
    await comes(target, () => operation.callbacks.length > 0);
    await passes(target);
    const later = await operation.monitor();
    expect([later.state, later.status], 'the codes after the failed delivery').toEqual([3, 31]);
    expect(operation.parts.play?.attempts.length, 'the attempts after the failed delivery').toBe(attempts);
  },
);

test(
  'a receiver that is not there MUST NOT change the outcome',
  clause('callback.receiver-down', { branch: 'refuses the connection' }),
  async ({ call, operationOf, target }) => {
    const url = await closedUrl();
    const called = await call({ prefer: `respond-async, odata.callback; url="${url}"` });
    if (called.answer.status >= 400)
      throw new Undecided(`the target takes no callback on ${url}: ${called.answer.describe()}`);
    const operation = operationOf(called);
    await expectSuccess(operation);
    await passes(target);
    await expectSuccess(operation);
  },
);

test(
  'a receiver that hangs MUST NOT change the outcome, nor hold it up',
  clause('callback.receiver-down', { branch: 'hangs' }),
  async ({ submit, target, clock }) => {
    const operation = await submit({ callback: { replies: ['hang', { status: 200 }] } });
    const arrived = operation.parts.callbacks?.next();
    // On a virtual clock the advance lasts as long as the delivery hangs, so it must not be awaited yet.
    const passing = clock.virtual
      ? clock.advance(60_000)
      : comes(target, () => operation.callbacks.length > 0);
    await Promise.race([arrived, passing]);
    let meanwhile: MonitorReading;
    try {
      if (operation.callbacks.length === 0)
        throw new Undecided('no callback came that could be left to hang');
      meanwhile = await operation.monitor();
    } finally {
      target.listener.dropHanging();
      await passing;
    }
    await passes(target);
    await expectSuccess(operation);
    if (meanwhile.state !== 3)
      throw new Blocked('callback.after-completion', `the monitor showed state ${meanwhile.state} meanwhile`);
    expectSucceeded(operation, meanwhile);
  },
);

test(
  'other operations MUST come to their end while a receiver hangs',
  clause('callback.receiver-down', { branch: 'hangs beside others', needs: ['probe', 'callback'] }),
  async ({ submit, target, clock }) => {
    const hanging = await submit({ callback: { replies: ['hang', { status: 200 }] } });
    const other = await submit({ attempts: [succeed({ Text: 'beside one that hangs' })] });
    const arrived = hanging.parts.callbacks?.next();
    const passing = clock.virtual ? clock.advance(60_000) : comes(target, () => hanging.callbacks.length > 0);
    await Promise.race([arrived, passing]);
    target.listener.dropHanging();
    await passing;
    await expectSuccess(other);
    await expectSuccess(hanging);
  },
);

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
      await operation.finished();
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
    const channel = new Channel('callback', () => ({ status: 200 }));
    const { url, key } = target.listener.open(channel);
    try {
      const called = await call({ headers: [[headers.callbackUrl, url]] });
      if (called.answer.status !== 202) {
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
