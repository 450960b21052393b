import { NotReached, clause, expect, fail, Hold, succeed, test } from '../harness/test.ts';
import { Channel } from '../harness/listener.ts';
import { callbackField } from '../harness/preferences.ts';
import type { ShownCodes } from '../harness/reading.ts';
import { atAnyEnd } from './support/any-end.ts';
import { calledBack } from './support/callbacks.ts';
import { completions } from './support/completions.ts';
import { comesAsUsual, passes, watches } from './support/waiting.ts';
import { missingRetry } from './support/passing.ts';

for (const { when, needs, reach, certain } of Object.values(completions)) {
  test(
    `the monitor MUST show state 3 when a callback arrives, ${when}`,
    clause('callback.after-completion', { branch: when, needs: [...needs, 'callback'] }),
    async ({ submit, target, clock }) => {
      const readings: ShownCodes[] = [];
      const operation = await reach(
        { submit, clock, target },
        {
          callback: { onArrival: async (one) => void readings.push(await one.monitor()) },
        },
      );
      await calledBack(operation, target, { certain });
      for (const { state, status } of readings)
        expect(state, `the state on the callback’s arrival, with status ${status}`).toBe(3);
    },
  );
}

test(
  'a callback MUST NOT come before the attempt has ended',
  clause('callback.after-completion', { branch: 'while it executes' }),
  async ({ submit }) => {
    const hold = new Hold(1_000);
    const operation = await submit({ callback: true, attempts: [hold] });
    try {
      expect(operation.callbacks, 'length', 'the callbacks at the 202').toBe(0);
      await operation.started();
      await operation.monitor();
      expect(operation.callbacks, 'length', 'the callbacks during the attempt').toBe(0);
    } finally {
      hold.release(succeed());
    }
    await operation.finished();
  },
);

test(
  'a callback MUST NOT come when the cancellation of a running attempt is only accepted',
  clause('callback.after-completion', { branch: 'while it is being canceled' }),
  async ({ submit }) => {
    const hold = new Hold(1_000);
    const operation = await submit({ callback: true, attempts: [hold] });
    try {
      await operation.started();
      await operation.canceled();
      expect(operation.callbacks, 'length', 'the callbacks before the attempt has ended').toBe(0);
    } finally {
      hold.release(succeed());
    }
    await operation.finished();
  },
);

for (const { when, needs, reach, certain } of Object.values(completions)) {
  test(
    `an operation MUST have one callback when the receiver answers 200, ${when}`,
    clause('callback.once', { branch: when, needs: [...needs, 'callback'] }),
    async ({ submit, target, clock }) => {
      const operation = await reach({ submit, clock, target }, { callback: true });
      await calledBack(operation, target, { certain });
      const again = (): boolean => operation.callbacks.length > 1;
      await (when === 'after success' ? watches(target, again) : passes(target));
      expect(operation.callbacks, 'length', 'the number of callbacks').toBe(1);
    },
  );
}

for (const [answer, reply] of [
  ['201', { status: 201 }],
  ['202', { status: 202 }],
  ['204', { status: 204 }],
  ['299', { status: 299 }],
  ['200 with Retry-After', { status: 200, retryAfter: 1 }],
] as const) {
  test(
    `an operation MUST have one callback when the receiver answers ${answer}`,
    clause('callback.once', { branch: `the receiver answers ${answer}` }),
    async ({ submit, target, clock }) => {
      const operation = await completions.success.reach(
        { submit, clock, target },
        { callback: { replies: [reply] } },
      );
      await calledBack(operation, target);
      await passes(target);
      expect(operation.callbacks, 'length', 'the number of callbacks').toBe(1);
    },
  );
}

test(
  'several operations that ask for callbacks at one time MUST have one each',
  clause('callback.once', { branch: 'several at one time' }),
  async ({ submit, target }) => {
    const operations = await Promise.all([1, 2, 3, 4, 5].map(() => submit({ callback: true })));
    for (const operation of operations) await operation.finished();
    for (const operation of operations) await calledBack(operation, target);
    await passes(target);
    for (const operation of operations)
      expect(operation.callbacks, 'length', `the number of callbacks of ${operation.id}`).toBe(1);
  },
);

test(
  'several operations that ask for callbacks at one URL MUST NOT have more than one each',
  clause('callback.once', { branch: 'several at one URL' }),
  async ({ submit, target }) => {
    const channel = new Channel('callback', () => ({ status: 200 }));
    const { url, key } = target.listener.open(channel);
    try {
      const prefer = `respond-async, ${callbackField(url)}`;
      const operations = await Promise.all([1, 2, 3, 4].map(() => submit({ prefer })));
      const counts = (): number[] =>
        operations.map(
          ({ id }) => channel.deliveries.filter(({ body }) => body.toLowerCase().includes(id)).length,
        );
      for (const operation of operations) await operation.finished();
      await comesAsUsual(target, 'callback', () => channel.deliveries.length > 0);
      if (channel.deliveries.length === 0)
        throw new NotReached('callback.on-success', 'no callback came for any of four operations');
      await passes(target);
      // A service may collate those to one URL (OData 4.01, 8.2.8.6), and Dataverse says nothing else.
      for (const count of counts()) expect(count, 'the callbacks of one of four operations').toBeAtMost(1);
    } finally {
      target.listener.close(key);
    }
  },
);

for (const [branch, attempts] of [
  ['and the last fails', [fail(), fail(), fail(), fail()]],
  ['and the last succeeds', [fail(), fail(), succeed()]],
] as const) {
  test(
    `a callback MUST NOT come after an attempt that will be retried, ${branch}`,
    clause('callback.not-per-attempt', { branch }),
    async ({ submit }) => {
      const before: number[] = [];
      const look = (operation: { readonly callbacks: readonly unknown[] }): Promise<void> => {
        before.push(operation.callbacks.length);
        return Promise.resolve();
      };
      const operation = await submit({
        callback: true,
        attempts,
        during: { 2: look, 3: look, 4: look },
      });
      await operation.finished();
      if (before.length === 0)
        throw new NotReached(await missingRetry(operation), 'its first failure was its end');
      expect(before, 'the callbacks that had come when each retry began').toEqual(before.map(() => 0));
    },
  );
}

test(
  'no callback MUST come for an operation that asked for none',
  clause('callback.only-on-request'),
  async ({ submit, target }) => {
    const tools = { submit, clock: target.clock };
    const first = await atAnyEnd(tools, { callback: true });
    const second = await atAnyEnd(tools);
    const third = await atAnyEnd(tools);
    await passes(target);
    const unasked = [...first.callbacks, ...target.listener.unexpected].filter(({ body }) =>
      [second.id, third.id].some((id) => body.toLowerCase().includes(id)),
    );
    expect(unasked, 'length', 'the callbacks for operations that asked for none').toBe(0);
  },
);
