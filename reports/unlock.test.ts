import { describe, expect, it } from 'vitest';
import type { Need } from '../contract/clause.ts';
import type { Cause } from '../record/cause.ts';
import { groupUntested, type Untested } from './unlock.ts';

function untested(id: string, ...causes: readonly (Cause | string)[]): Untested {
  return { id, causes, partly: false };
}

function lacks(...needs: readonly Need[]): Cause {
  return { kind: 'lacks', needs };
}

describe('what would unlock more', () => {
  it('is grouped by what is missing, the most first, with every clause', () => {
    const [events, table] = [lacks('event'), lacks('table')];
    expect(groupUntested([untested('a.1', table), untested('a.2', events), untested('a.3', events)])).toEqual(
      [
        {
          line: '2 clauses need events: set `target.events`.',
          wayOut: 'set `target.events`',
          clauses: ['a.2', 'a.3'],
        },
        {
          line: '1 clause needs the backgroundoperations table: set `target.table` to true.',
          wayOut: 'set `target.table` to true',
          clauses: ['a.1'],
        },
      ],
    );
  });

  it('says which clauses lack more than one thing, or only a part of their checks', () => {
    const both = lacks('event', 'callback');
    const lines = groupUntested([
      untested('a.1', both),
      untested('a.2', lacks('event')),
      { ...untested('a.3', lacks('event')), partly: true },
    ]).map(({ line }) => line);
    expect(lines).toEqual([
      '3 clauses need events: set `target.events` (1 of them only in part; 1 of them along with something else).',
      '1 clause needs callbacks: set `target.callbacks` to true (along with something else).',
    ]);
  });

  it('keeps reasons that name no capability', () => {
    const lines = groupUntested([
      untested('a.1', { kind: 'no-check', needs: ['sdk'] }),
      untested('a.2', 'the run was stopped before this check'),
      untested('a.3', { kind: 'unreached', clause: 'retry.on-error', why: 'no retry came' }),
      untested('a.4', { kind: 'lacks', needs: ['telepathy'] }),
    ]).map(({ line }) => line);
    expect(lines).toEqual([
      '1 clause has no check yet (needs the organization service).',
      '1 clause was not tested: the run was stopped before this check.',
      '1 clause needs retry.on-error, which the target breaks.',
      '1 clause needs telepathy, which this version does not know.',
    ]);
  });
});
