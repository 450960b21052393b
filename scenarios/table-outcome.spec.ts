import { errorCodes } from '../contract/vocabulary.ts';
import type { JsonObject } from '../harness/answer.ts';
import { clause, expect, fail, test } from '../harness/test.ts';
import { moments } from './support/moments.ts';

/** A column's value; a column that is absent counts as null, which other clauses judge. */
function valueOf(row: JsonObject, column: string): unknown {
  return row[column] ?? null;
}

for (const [branch, attempt] of [
  ['of its own', fail('The error of the row.')],
  ['of the platform', fail('Access is denied.', errorCodes.accessDenied)],
] as const) {
  test(
    `errorcode and errormessage MUST be there after a failure, with an error ${branch}`,
    clause('table.error-columns', { branch: `an error ${branch}` }),
    async ({ submit }) => {
      const operation = await submit({ attempts: [attempt] });
      await operation.finished();
      const { row } = await operation.rowWhen(({ state }) => state === 3);
      expect(row, 'errorcode', 'errorcode after the last failure').toBeInteger();
      expect(row, 'errormessage', 'errormessage after the last failure').toMatch(/\S/, 'a text');
    },
  );
}

test(
  'errorcode and errormessage MUST be there after a plain failure',
  clause('table.error-columns', { branch: 'a plain failure' }),
  async ({ submit }) => {
    const operation = await submit({ attempts: [fail()] });
    await operation.finished();
    const { row } = await operation.rowWhen(({ state }) => state === 3);
    expect(row, 'errorcode', 'errorcode after the last failure').toBeInteger();
    expect(row, 'errormessage', 'errormessage after the last failure').toMatch(/\S/, 'a text');
  },
);

const withoutFailure = [
  moments.waiting,
  moments.executing,
  moments.canceling,
  moments.succeeded,
  moments.canceled,
];

for (const { when, branch, needs, enter } of withoutFailure) {
  test(
    `errorcode and errormessage MUST be null while no attempt has failed, ${when}`,
    clause('table.error-columns', { branch, needs: [...needs, 'table'] }),
    async ({ submit, clock, target }) => {
      await enter({ submit, clock, target }, async (operation) => {
        const { row } = await operation.row();
        expect(valueOf(row, 'errorcode'), 'errorcode without a failed attempt', row).toBe(null);
        expect(valueOf(row, 'errormessage'), 'errormessage without a failed attempt', row).toBe(null);
      });
    },
  );

  test(
    `retrycount MUST be 0 while nothing was retried, ${when}`,
    clause('table.retrycount-starts-at-zero', { branch, needs: [...needs, 'table'] }),
    async ({ submit, clock, target }) => {
      await enter({ submit, clock, target }, async (operation) => {
        const { row } = await operation.row();
        expect(row, 'retrycount', 'retrycount').toBe(0);
      });
    },
  );
}
