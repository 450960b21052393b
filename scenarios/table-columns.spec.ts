import { errorCodes } from '../contract/vocabulary.ts';
import type { JsonObject } from '../harness/answer.ts';
import { mayBeNull, neverNull } from '../harness/forms/columns.ts';
import { Blocked, clause, NotReached, expect, fail, test } from '../harness/test.ts';
import { moments } from './support/moments.ts';

function expectTypes(row: JsonObject, when: string): void {
  for (const [column, { words, fits }] of Object.entries(neverNull))
    expect(row, column, `${column} ${when}`).toSatisfy(fits(row[column]), words);
  for (const [column, { words, fits }] of Object.entries(mayBeNull)) {
    const value = row[column] ?? null;
    expect(value, `${column} ${when}`, row).toSatisfy(value === null || fits(value), `${words}, or null`);
  }
}

for (const { when, branch, needs, enter } of Object.values(moments)) {
  test(
    `every column MUST have its type and range, ${when}`,
    clause('table.column-types', { branch, needs: [...needs, 'table'] }),
    async ({ submit, clock, target }) => {
      await enter({ submit, clock, target }, async (operation) => {
        const answer = await operation.consistent(
          () => operation.getRow(),
          ({ status }) => status !== 404,
        );
        const row = answer.object();
        if (answer.status === 404) throw new NotReached('submit.row-exists', answer.describe());
        if (answer.status !== 200 || row === undefined)
          throw new Blocked('table.retrieve', answer.describe());
        expectTypes(row, when);
      });
    },
  );
}

test(
  'every column MUST have its type and range, after an error of the platform',
  clause('table.column-types', {
    branch: 'after an error of the platform',
    needs: ['probe', 'table', 'clock', 'slow'],
  }),
  async ({ submit }) => {
    const operation = await submit({ attempts: [fail('Access is denied.', errorCodes.accessDenied)] });
    await operation.finished();
    const { row } = await operation.rowWhen(({ state }) => state === 3);
    expectTypes(row, 'after an error of the platform');
  },
);
