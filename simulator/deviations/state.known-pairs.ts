import { members, table } from '../../contract/vocabulary.ts';
import { edit, showWhere } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editRows } from '../edit.ts';

export default defineDeviations({
  'row-ready': {
    summary: 'leaves the state of a finished row at locked, (2,30)',
    alsoBreaks: {
      'sdk.same-operation': 'the same operation, seen through the organization service',
      'state.succeeded': 'the row of a success does not show the pair of a success',
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
      'table.order-top-count': 'rows stand where the contract’s values would not put them',
      'table.select': 'a selected column is missing',
      'table.formatted-values': 'there is no such label where there is no such value',
      'table.filter': 'a row is found by a value that the contract does not give it',
      'monitor.agrees-with-row': 'monitor and row differ by it',
    },
    behaviour: edit('answer', (answer, _request, about) => {
      if (about.resource !== 'row-get' && about.resource !== 'rows-get') return answer;
      return editRows(answer, (row) =>
        row[table.state] === 3 && row[table.status] === 30 ? { ...row, [table.state]: 2 } : row,
      );
    }),
  },
  suspended: {
    summary: 'shows an operation that waits for a retry as suspended, (1,10)',
    alsoBreaks: { 'state.legal-history': 'no run of the lifecycle explains what is seen then' },
    behaviour: edit('monitor', (monitor, operation) =>
      operation.state === 0 && operation.attempts > 0
        ? { ...monitor, [members.state]: 1, [members.status]: 10 }
        : monitor,
    ),
  },
  retry: {
    summary: 'shows (0,20) while the second retry is awaited',
    narrow: true,
    behaviour: edit('betweenAttempts', (codes, o) =>
      o.attempts === 2 ? ({ state: 0, status: 20 } as typeof codes) : codes,
    ),
  },
  'row-canceled': {
    summary: 'shows (0,22) in the row of what was canceled while a retry is awaited',
    narrow: true,
    behaviour: showWhere(
      [table.state],
      (o) => o.status === 22 && o.attempts > 0 && !o.executing,
      () => 0,
    ),
  },
  torn: {
    summary: 'shows (2,30), (2,31) or (2,32) in the millisecond of the end',
    alsoBreaks: {
      'callback.after-completion': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: edit('monitor', (shown, o, { now }) =>
      o.state === 3 && o.endTime === now ? { ...shown, backgroundOperationStateCode: 2 } : shown,
    ),
  },
});
