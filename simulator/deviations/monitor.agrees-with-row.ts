import { members } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  'message-cut': {
    summary: 'cuts the error message in the monitor at its first line',
    alsoBreaks: {
      'sdk.retrieve': 'the same operation, seen through the organization service',
      'error.message': 'the monitor’s message is not the whole',
      'error.same-everywhere': 'the other resources have the whole message',
    },
    behaviour: edit('monitor', (monitor, operation) => {
      const message = operation.errorMessage?.split(/[.\n]/, 1)[0];
      return message === undefined ? monitor : { ...monitor, [members.errorMessage]: message };
    }),
  },
  'recovered-error': {
    summary: 'keeps the error of a recovered operation in the monitor and clears it in the row',
    choices: { errorAfterRecovery: true },
    behaviour: edit('columns', (columns) =>
      columns.map((column) => {
        if (column.name !== 'errorcode' && column.name !== 'errormessage') return column;
        return { ...column, read: (row) => (row.status === 30 ? null : column.read(row)) };
      }),
    ),
  },
});
