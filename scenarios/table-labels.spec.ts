import { formattedValue, headers, table } from '../contract/vocabulary.ts';
import type { JsonObject } from '../harness/answer.ts';
import type { Client } from '../harness/client.ts';
import type { Operation } from '../harness/operation.ts';
import { labelsFor } from '../harness/forms/labels.ts';
import { Blocked, clause, expect, Hold, succeed, test } from '../harness/test.ts';
import { withRow } from './support/any-end.ts';
import { moments } from './support/moments.ts';
import { listedRow } from './support/table-rows.ts';

const prefer = `odata.include-annotations="${formattedValue}"`;
const asked: readonly (readonly [string, string])[] = [[headers.prefer, prefer]];

/** Demands the label that belongs to each code which a row shows beside it. */
function expectLabels(row: JsonObject, what: string): void {
  const state = row[table.state];
  const status = row[table.status];
  if (typeof state !== 'number' || typeof status !== 'number')
    throw new Blocked('table.column-types', `${what} shows the codes ${String(state)}, ${String(status)}`);
  expect(row, `${table.state}@${formattedValue}`, `the label of state ${state} in ${what}`).toBeOneOf(
    labelsFor(table.state, state),
  );
  expect(row, `${table.status}@${formattedValue}`, `the label of status ${status} in ${what}`).toBeOneOf(
    labelsFor(table.status, status),
  );
}

/** Demands the labels of what an operation shows at the moment, in its row and in the collection. */
async function expectLabelsNow(client: Client, operation: Operation): Promise<void> {
  const { row } = await operation.row('', asked);
  expectLabels(row, 'the row');
  const listed = await listedRow(client, operation, {}, asked);
  expectLabels(listed.row, 'the row in the collection');
}

/** Labels found in a row, by member name. */
function labelsOf(row: JsonObject): string[] {
  return Object.keys(row).filter((name) => name.toLowerCase().includes('formattedvalue'));
}

for (const { when, branch, needs, enter } of Object.values(moments)) {
  test(
    `with the formatted-value preference both picklists MUST carry their label, ${when}`,
    clause('table.formatted-values', { branch, needs: [...needs, 'table'] }),
    async ({ submit, clock, target, client }) => {
      await enter({ submit, clock, target }, async (operation) => {
        const { row } = await operation.row('', asked);
        expectLabels(row, 'the row');
        const { row: chosen } = await operation.row(`$select=${table.state},${table.status}`, asked);
        expectLabels(chosen, 'the row with $select');
        const listed = await listedRow(client, operation, {}, asked);
        expectLabels(listed.row, 'the row in the collection');
      });
    },
  );
}

/** Values of the annotation preference that name formatted values among others. */
const among = [
  '*',
  `${formattedValue},Microsoft.Dynamics.CRM.lookuplogicalname`,
  `Microsoft.Dynamics.CRM.associatednavigationproperty,${formattedValue}`,
];

/** The field that asks for annotations. */
const annotated = (value: string) => [[headers.prefer, `odata.include-annotations="${value}"`]] as const;

test(
  'GET of a row MUST answer 200, whatever annotations are asked for',
  clause('table.retrieve', { branch: 'with annotations asked for' }),
  async ({ submit, clock }) => {
    const operation = await withRow({ submit, clock });
    for (const value of among) {
      const answer = await operation.consistent(
        () => operation.getRow('', annotated(value)),
        ({ status }) => status !== 404,
      );
      expect(answer, 'status', `the status of GET of the row with "${value}"`).toBe(200);
    }
  },
);

test(
  'both picklists MUST carry their label where other annotations are asked for as well',
  clause('table.formatted-values', { branch: 'among other annotations' }),
  async ({ submit, clock, client }) => {
    const operation = await withRow({ submit, clock });
    for (const value of among) {
      const fields = annotated(value);
      const { row } = await operation.row('', fields);
      expectLabels(row, `the row with "${value}"`);
      const listed = await listedRow(client, operation, {}, fields);
      expectLabels(listed.row, `the row in the collection with "${value}"`);
    }
  },
);

test(
  'the labels of one operation MUST change with its codes',
  clause('table.formatted-values', { branch: 'of one operation, again and again' }),
  async ({ submit, client }) => {
    const hold = new Hold(2_000);
    const operation = await submit({ attempts: [hold] });
    await operation.started();
    await expectLabelsNow(client, operation);
    await operation.canceled();
    await expectLabelsNow(client, operation);
    hold.release(succeed());
    await operation.finished();
    await operation.rowWhen(({ state }) => state === 3);
    await expectLabelsNow(client, operation);
  },
);

for (const [branch, fields] of [
  ['without preferences', []],
  ['with another preference', [[headers.prefer, 'odata.maxpagesize=50']]],
  [
    'with other annotations asked for',
    [[headers.prefer, 'odata.include-annotations="Microsoft.Dynamics.CRM.lookuplogicalname"']],
  ],
] as const) {
  test(
    `there MUST NOT be formatted values unless they are asked for, ${branch}`,
    clause('table.formatted-values-on-request', { branch }),
    async ({ submit, clock, client }) => {
      const operation = await withRow({ submit, clock });
      const { row } = await operation.row('', fields);
      expect(labelsOf(row), 'the labels in the row', row).toEqual([]);
      const listed = await listedRow(client, operation, {}, fields);
      expect(labelsOf(listed.row), 'the labels in the collection', listed.row).toEqual([]);
    },
  );
}

test(
  'Preference-Applied MUST repeat the annotation preference, of one row and of many',
  clause('table.preference-applied'),
  async ({ submit, clock, client }) => {
    const operation = await withRow({ submit, clock });
    const repeated = /odata\.include-annotations\s*=\s*"?OData\.Community\.Display\.V1\.FormattedValue"?/i;
    const { answer } = await operation.row('', asked);
    const listed = await listedRow(client, operation, {}, asked);
    expect(
      answer.header(headers.preferenceApplied),
      'Preference-Applied of the row',
      answer.at(headers.preferenceApplied),
    ).toMatch(repeated, prefer);
    expect(
      listed.answer.header(headers.preferenceApplied),
      'Preference-Applied of the collection',
      listed.answer.at(headers.preferenceApplied),
    ).toMatch(repeated, prefer);
  },
);
