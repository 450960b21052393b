import { members, pairs } from '../contract/vocabulary.ts';
import type { CheckTools } from '../harness/collect.ts';
import { codesOf, type ShownCodes } from '../harness/reading.ts';
import type { CancelWay, Operation } from '../harness/operation.ts';
import { Blocked, clause, fail, Hold, succeed, test } from '../harness/test.ts';
import { announced } from './support/announcements.ts';
import { calledBack, payloadOf } from './support/callbacks.ts';
import { expectCodes } from './support/codes.ts';
import { completions } from './support/completions.ts';
import { attemptsCome } from './support/passing.ts';

const known = Object.values(pairs);

/** Reads one resource of an operation. */
type Read = (operation: Operation) => Promise<ShownCodes>;

const monitor: Read = (operation) => operation.monitor();
const row: Read = (operation) => operation.row();

/** One life without a failure, canceled or not, read at every moment that a client can tell apart. */
async function calmLife(
  { submit }: Pick<CheckTools, 'submit'>,
  read: Read,
  resource: string,
  cancel?: CancelWay,
): Promise<void> {
  const hold = new Hold(1_000);
  const operation = await submit({ attempts: [hold] });
  await operation.started();
  expectCodes(await read(operation), `${resource} during the attempt`, ...known);
  if (cancel !== undefined) {
    await operation.canceled(cancel);
    expectCodes(await read(operation), `${resource} after the cancellation`, ...known);
  }
  hold.release(succeed());
  await operation.settled();
  expectCodes(await read(operation), `${resource} at the end`, ...known);
}

/** One life of failures, read whenever time has passed. */
async function failingLife(
  { submit, target }: Pick<CheckTools, 'submit' | 'target'>,
  read: Read,
  resource: string,
): Promise<void> {
  // A row that is not readable yet needs time, and time stands still inside an attempt.
  const look = async (running: Operation): Promise<void> =>
    expectCodes(await monitor(running), 'the monitor during an attempt', ...known);
  const operation = await submit({ attempts: [fail()], during: { 1: look, 2: look, 3: look, 4: look } });
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    if (!(await attemptsCome(target, operation, attempt))) break;
    expectCodes(await read(operation), `${resource} after ${attempt} failures`, ...known);
  }
  await operation.settled();
  expectCodes(await read(operation), `${resource} at the end`, ...known);
}

test(
  'the monitor MUST show only known pairs of codes while an operation succeeds',
  clause('state.known-pairs', { branch: 'monitor, success' }),
  ({ submit }) => calmLife({ submit }, monitor, 'the monitor'),
);

test(
  'the monitor MUST show only known pairs of codes while an operation is canceled',
  clause('state.known-pairs', { branch: 'monitor, cancellation' }),
  ({ submit }) => calmLife({ submit }, monitor, 'the monitor', 'delete'),
);

test(
  'the monitor MUST show only known pairs of codes while an operation fails and is retried',
  clause('state.known-pairs', { branch: 'monitor, failure', needs: ['probe', 'clock', 'slow'] }),
  ({ submit, target }) => failingLife({ submit, target }, monitor, 'the monitor'),
);

test(
  'monitor and row MUST show only known pairs of codes before the start and when canceled there',
  clause('state.known-pairs', { branch: 'canceled before the start', needs: ['probe', 'clock'] }),
  async ({ submit, target, clock }) => {
    const operation = await submit();
    expectCodes(await operation.monitor(), 'the monitor before the start', ...known);
    await operation.canceled('delete');
    expectCodes(await operation.monitor(), 'the monitor after the cancellation', ...known);
    await clock.advance(1);
    expectCodes(await operation.monitor(), 'the monitor a millisecond later', ...known);
    await operation.settled();
    expectCodes(await operation.monitor(), 'the monitor at the end', ...known);
    if (target.offers.table) expectCodes(await operation.row(), 'the row at the end', ...known);
  },
);

test(
  'the row MUST show only known pairs of codes while an operation succeeds',
  clause('state.known-pairs', { branch: 'row, success', needs: ['probe', 'table'] }),
  ({ submit }) => calmLife({ submit }, row, 'the row'),
);

test(
  'the row MUST show only known pairs of codes while an operation is canceled',
  clause('state.known-pairs', { branch: 'row, cancellation', needs: ['probe', 'table'] }),
  ({ submit }) => calmLife({ submit }, row, 'the row', 'patch'),
);

test(
  'the row MUST show only known pairs of codes while an operation fails and is retried',
  clause('state.known-pairs', { branch: 'row, failure', needs: ['probe', 'table', 'clock', 'slow'] }),
  ({ submit, target }) => failingLife({ submit, target }, row, 'the row'),
);

for (const { when, needs, reach, certain } of Object.values(completions)) {
  test(
    `the callback MUST carry a known pair of codes ${when}`,
    clause('state.known-pairs', { branch: `callback, ${when}`, needs: [...needs, 'callback'] }),
    async ({ submit, target, clock }) => {
      const operation = await reach({ submit, clock, target }, { callback: true });
      for (const delivery of await calledBack(operation, target, { certain })) {
        const codes = codesOf(payloadOf(delivery), members.state, members.status);
        if (codes === undefined) throw new Blocked('callback.codes', `the payload is ${delivery.body}`);
        expectCodes(codes, 'the callback', ...known);
      }
    },
  );

  test(
    `the event MUST carry a known pair of codes ${when}`,
    clause('state.known-pairs', { branch: `event, ${when}`, needs: [...needs, 'event'] }),
    async ({ submit, target, clock, events }) => {
      await events.subscribe();
      const operation = await reach({ submit, clock, target });
      for (const { outputs, delivery } of await announced(operation, events, target, { certain })) {
        const codes = codesOf(
          Object.fromEntries(outputs),
          'BackgroundOperationStateCode',
          'BackgroundOperationStatusCode',
        );
        if (codes === undefined) throw new Blocked('event.outputs', `the context is ${delivery.body}`);
        expectCodes(codes, 'the event', ...known);
      }
    },
  );
}
