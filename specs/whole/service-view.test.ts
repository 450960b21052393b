import { describe, expect, it } from 'vitest';
import { table } from '../../contract/vocabulary.ts';
import type { CheckTools } from '../../harness/collect.ts';
import type { TypedValue } from '../../harness/organization-service/values.ts';
import type { ViewMismatch } from '../model/mismatch.ts';
import { lookAtService } from './service-view.ts';
import type { Subject } from './subject.ts';

const runas = 'abcdefab-1111-4111-8111-111111111111';
const row = {
  [table.status]: 22,
  runas,
  inputparameters: '[{"Key":"Payload","Value":"p"},{"Key":"Count","Value":3}]',
  outputparameters: null,
  errormessage: 'e',
  createdon: '2026-01-01T00:00:00.9Z',
};
const text = (value: string): TypedValue => ({ type: 'string', value });
const asRow: Readonly<Record<string, TypedValue>> = {
  [table.status]: { type: 'OptionSetValue', value: 22 },
  runas: text(runas),
  inputparameters: text(row.inputparameters),
  errormessage: text('e'),
  createdon: { type: 'dateTime', value: '2026-01-01T00:00:00' },
};

/** What is held against an operation whose row the organization service shows so, and who asked for it. */
async function seen(
  shown: Readonly<Record<string, TypedValue>>,
  labels: Readonly<Record<string, string>> = {},
) {
  const found: ViewMismatch[] = [];
  const askers: unknown[] = [];
  const subject = {
    operation: {
      id: 'an id',
      parts: { owner: 'other' },
      getRow: () => Promise.resolve({ object: () => row }),
    },
    note: (mismatches: readonly ViewMismatch[]) => found.push(...mismatches),
  } as unknown as Subject;
  const retrieve = (...[, , , as]: readonly unknown[]) => {
    askers.push(as);
    const attributes = new Map(Object.entries({ ...asRow, ...shown }));
    return Promise.resolve({ row: { attributes, labels: new Map(Object.entries(labels)) } });
  };
  const tools = { sdk: { retrieve }, target: { config: { target: { kind: 'simulator' } } } };
  await lookAtService(tools as unknown as Pick<CheckTools, 'sdk' | 'target'>, [subject]);
  return { clauses: found.map(({ clause }) => clause), askers };
}

describe('the row over the organization service', () => {
  it('is retrieved by whose operation it is, since what others see of it is left open', async () => {
    expect(await seen({})).toEqual({ clauses: [], askers: ['other'] });
  });

  it.each<[string, Readonly<Record<string, TypedValue>>]>([
    ['a GUID in capitals', { runas: text(runas.toUpperCase()) }],
    ['a list with white space', { inputparameters: text(row.inputparameters.replaceAll(':', ' : ')) }],
    [
      'a list in another order, with numbers as strings',
      { inputparameters: text('[{"Value":"3","Key":"Count"},{"Value":"p","Key":"Payload"}]') },
    ],
  ])('may have %s', async (_what, shown) => {
    expect((await seen(shown)).clauses).toEqual([]);
  });

  it.each([
    ['Canceling', []],
    ['Cancelling', []],
    ['Canceled', ['sdk.retrieve']],
  ])('is held against the label %s beside the code 22', async (label, clauses) => {
    expect((await seen({}, { [table.status]: label })).clauses).toEqual(clauses);
  });

  it.each<[string, Readonly<Record<string, TypedValue>>]>([
    ['another text', { errormessage: text('E') }],
    ['another GUID', { runas: text(runas.replace('a', 'b')) }],
    ['another input', { inputparameters: text('[{"Key":"Payload","Value":"p"},{"Key":"Count","Value":4}]') }],
    ['fewer inputs', { inputparameters: text('[{"Key":"Payload","Value":"p"}]') }],
    ['a text that is a number', { errormessage: { type: 'int', value: 1 } }],
    ['another time', { createdon: { type: 'dateTime', value: '2026-01-01T00:00:02Z' } }],
  ])('must not have %s', async (_what, shown) => {
    expect((await seen(shown)).clauses).toEqual(['sdk.retrieve']);
  });
});
