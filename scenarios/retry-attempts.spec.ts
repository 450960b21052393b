import { randomUUID } from 'node:crypto';
import { untilFinished } from '../harness/drive.ts';
import { isTerminal, readRow, type ShownCodes } from '../harness/reading.ts';
import type { Operation } from '../harness/operation.ts';
import { clause, expect, fail, NotTestable, proceed, succeed, test, Undecided } from '../harness/test.ts';
import { expectApart } from './support/apart.ts';
import { shownPair } from './support/codes.ts';
import { requireOneId } from './support/one-id.ts';
import { untilAttempts } from './support/passing.ts';
import { rowId } from './support/table-rows.ts';
import { rowsHolding } from './support/rows.ts';
import { passes } from './support/waiting.ts';

test(
  'every attempt MUST be made for the id of the operation',
  clause('retry.same-operation', { branch: 'id' }),
  async ({ submit, target }) => {
    const operation = await submit({ attempts: [fail()] });
    await untilAttempts(target, operation, 2);
    await operation.finished();
    const ids = operation.attempts.flatMap(({ calls }) => calls.map((call) => call.backgroundOperationId));
    if (ids.every((id) => id === undefined))
      throw new NotTestable('needs a probe that tells for which operation it is called');
    requireOneId(operation);
    for (const [index, id] of ids.entries())
      expect(id, `the operation that call ${index + 1} of the probe names`).toBe(operation.id);
  },
);

test(
  'a retry MUST add no row',
  clause('retry.same-operation', { branch: 'rows', needs: ['probe', 'table', 'clock', 'slow'] }),
  async ({ submit, target, client, clock }) => {
    const since = await clock.now();
    const payload = randomUUID();
    const operation = await submit({ attempts: [fail()], payload });
    await untilAttempts(target, operation, 2);
    await operation.finished();
    const ids = await operation.consistent(
      async () => (await rowsHolding({ client, clock }, payload, since)).map(rowId),
      (found) => found.length > 0,
    );
    if (ids.length === 0) {
      await operation.row();
      throw new Undecided('no row with its inputs is found, though its row is there');
    }
    requireOneId(operation);
    expect(ids, 'the rows with the inputs of the retried operation').toEqual([operation.id]);
  },
);

const payloads = [
  'plain',
  ' {"json": "as text", "list":[1, 2.0, 1e2], "list": [ ]}\n',
  '<xml a=\'1\' b = "2"></xml>',
  'quotes " \' ` backslash \\ line\nfeed tab\t',
  'Zürich, e\u0301, 東京, שלום, 👩‍🚀',
];

test(
  'an empty input MUST reach each retry as it reached the first attempt',
  clause('retry.same-inputs', { branch: 'empty input' }),
  async ({ submit, target }) => {
    const operation = await submit({ attempts: [fail(), fail(), succeed()], payload: '' });
    await untilAttempts(target, operation, 3);
    const [first, ...retries] = operation.attempts.map(({ calls }) => calls[0]?.payload);
    for (const [index, one] of retries.entries())
      expect(one, `the input Payload of retry ${index + 1}, beside the first attempt`).toBe(first);
  },
);

test('every attempt MUST get the same inputs', clause('retry.same-inputs'), async ({ submit, target }) => {
  const operations = await Promise.all(
    payloads.map((payload) => submit({ attempts: [fail(), fail(), fail(), succeed()], payload })),
  );
  for (const [which, operation] of operations.entries()) {
    const payload = payloads[which];
    await untilAttempts(target, operation, 4);
    const got = operation.attempts.map(({ calls }) => calls[0]?.payload);
    if (got.every((one) => one === undefined)) throw new NotTestable('the probe does not tell its payload');
    for (const [index, one] of got.entries())
      expect(one, `the input Payload of attempt ${index + 1}`).toBe(payload);
  }
});

test(
  'an input that was not given MUST stay so in every attempt',
  clause('retry.same-inputs', { branch: 'absent input' }),
  async ({ submit, target }) => {
    const operation = await submit({ attempts: [fail(), succeed()] });
    await untilAttempts(target, operation, 2);
    const [first, second] = operation.attempts.map(({ calls }) => calls[0]?.payload);
    expect(second, 'the input Payload of the retry, beside the first attempt').toBe(first);
  },
);

for (const [what, virtualMs] of [
  ['long', 50_000],
  ['almost as long as they may be', 110_000],
] as const) {
  test(
    `attempts of one operation MUST never overlap, when they are ${what}`,
    clause('retry.no-overlap', {
      branch: what,
      needs: virtualMs === 50_000 ? ['probe', 'clock', 'slow'] : ['probe', 'clock'],
    }),
    async ({ submit, clock, target }) => {
      const each = clock.virtual ? virtualMs : 3_000;
      const operation = await submit({ attempts: [[proceed(each / 2), proceed(each / 2), fail()]] });
      await untilAttempts(target, operation, 2);
      await operation.finished();
      expectApart(operation.attempts, clock);
    },
  );
}

test(
  'a retry MUST NOT start before the end of the one before it, which took long',
  clause('retry.no-overlap', { branch: 'long retries', needs: ['probe', 'clock'] }),
  async ({ submit, clock, target }) => {
    const each = clock.virtual ? 25_000 : 1_500;
    const operation = await submit({ attempts: [fail(), [proceed(each), proceed(each), fail()]] });
    await untilAttempts(target, operation, 3);
    await operation.finished();
    expectApart(operation.attempts, clock);
  },
);

for (const resource of ['monitor', 'row'] as const) {
  test(
    `the ${resource} MUST not show (3,*) while a retry is awaited`,
    clause('retry.not-terminal-between', {
      branch: resource,
      needs: resource === 'row' ? ['probe', 'table', 'clock', 'slow'] : ['probe', 'clock', 'slow'],
    }),
    async ({ submit, clock, target }) => {
      const operation = await submit({ attempts: [fail()] });
      await operation.started();
      const seen: { attempts: number; shown: ShownCodes }[] = [];
      const { steps, virtualMs } = untilFinished;
      const { patience } = operation.parts;
      const began = performance.now();
      for (let turn = 0, passed = 0; operation.attempts.length < 4; turn += 1) {
        const attempts = operation.attempts.length;
        const shown = await (resource === 'row' ? readableRow(operation) : operation.monitor());
        // A read that crosses the start of an attempt tells nothing about the wait before it.
        if (shown !== undefined && operation.attempts.length === attempts) seen.push({ attempts, shown });
        const step = steps[Math.min(turn, steps.length - 1)] ?? 1;
        if (clock.virtual ? passed > virtualMs : performance.now() - began > patience.realMs) break;
        await (clock.virtual ? clock.advance(step) : clock.pause(target.config.polling.firstMs));
        passed += step;
      }
      await passes(target);
      // What had not come by then is known to take longer than the suite waits.
      if (patience.beyond !== undefined && operation.attempts.length === 1)
        throw new NotTestable(patience.beyond);
      const between = seen.filter(({ attempts }) => attempts < operation.attempts.length);
      // An elastic row may become readable later than the last retry starts.
      if (between.length === 0 && resource === 'row')
        throw new NotTestable('needs waits that are longer than the row takes to become readable');
      if (between.length === 0)
        throw new Undecided(`nothing was seen before attempt ${operation.attempts.length}`);
      for (const { attempts, shown } of between) {
        expect(shownPair(shown), `the codes of the ${resource} after ${attempts} failed attempts`).toSatisfy(
          !isTerminal(shown),
          'not (3,*) before the last attempt',
        );
      }
    },
  );
}

/** The row as it is now, where it can be read: letting time pass for it would let the retry start. */
async function readableRow(operation: Operation): Promise<ShownCodes | undefined> {
  const answer = await operation.getRow();
  return answer.status === 404 ? undefined : readRow(answer);
}
