import { editColumns } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  null: {
    summary: 'leaves the error columns empty after a failure',
    alsoBreaks: {
      'sdk.retrieve': 'the same operation, seen through the organization service',
      'retry.last-error': 'the message at the end is not that of the last error',
    },
    behaviour: editColumns(['errorcode', 'errormessage'], () => ({ read: () => null })),
  },
  zero: {
    summary: 'shows the code zero and an empty message where there was no error',
    alsoBreaks: {
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
      'monitor.agrees-with-row': 'monitor and row differ by it',
    },
    behaviour: editColumns(['errorcode', 'errormessage'], (column) => ({
      read: (o) => column.read(o) ?? (column.name === 'errorcode' ? 0 : ''),
    })),
  },
});
