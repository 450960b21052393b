import { editRows } from '../edit.ts';
import { members } from '../../contract/vocabulary.ts';
import { edit, monitorWhere } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  failed: {
    summary: 'shows a failed attempt as the end, and retries all the same',
    alsoBreaks: {
      'sdk.retrieve': 'the same operation, seen through the organization service',
      'callback.codes': 'between two attempts it looks as if it had ended',
      'error.message': 'the monitor shows an end that has not come',
      'retry.three-times': 'the monitor shows an end that has not come',
      'table.error-columns': 'the monitor shows an end that has not come',
      'state.known-pairs': 'the monitor shows an end that has not come',
      'state.failed': 'the monitor shows an end that has not come',
      'state.terminal-is-final': 'the monitor shows an end that has not come',
      'event.outputs': 'the monitor shows an end that has not come',
    },
    behaviour: edit('monitor', (monitor, operation) => {
      const between =
        operation.state !== 3 && operation.attempts > 0 && !operation.executing && !operation.canceled;
      return between ? { ...monitor, [members.state]: 3, [members.status]: 31 } : monitor;
    }),
  },
  last: {
    summary: 'shows the third failure as the end, and makes the fourth attempt all the same',
    alsoBreaks: {
      'state.failed': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: monitorWhere(
      (o) => o.attempts === 3 && !o.executing && o.state !== 3 && !o.canceled,
      (shown) => ({ ...shown, backgroundOperationStateCode: 3, backgroundOperationStatusCode: 31 }),
    ),
  },
  list: {
    summary: 'lists an operation that waits for a retry as failed',
    narrow: true,
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'rows-get'
        ? editRows(answer, (row) => {
            const o = about.find(String(row.backgroundoperationid).toLowerCase());
            return o !== undefined &&
              o.attempts > 0 &&
              !o.executing &&
              o.state !== 3 &&
              'backgroundoperationstatuscode' in row
              ? { ...row, backgroundoperationstatecode: 3, backgroundoperationstatuscode: 31 }
              : row;
          })
        : answer,
    ),
  },
});
