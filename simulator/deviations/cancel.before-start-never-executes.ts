import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  runs: {
    summary: 'executes an operation although it was canceled before it started',
    alsoBreaks: {
      'sdk.cancel': 'the same cancellation, asked for through the organization service',
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
      'cancel.race': 'a cancellation that came first does not win',
    },
    behaviour: edit('begins', (starts, operation) => operation.attempts === 0 || starts),
  },
  late: {
    summary: 'executes what was canceled before it started an hour after its end',
    alsoBreaks: {
      'table.times': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: edit('strayExecutions', (waits, moment, o) =>
      moment === 'completed' && o.attempts === 0 ? [...waits, 3_600_000] : waits,
    ),
  },
  callback: {
    summary: 'executes what was canceled before it started where a callback was asked for',
    narrow: true,
    behaviour: edit('begins', (begins, o) => begins || (o.attempts === 0 && o.callbackUrl !== undefined)),
  },
  others: {
    summary: 'executes an operation that another user canceled before it started',
    narrow: true,
    behaviour: edit('begins', (begins, o) => begins || (o.attempts === 0 && o.modifiedBy !== o.runAs)),
  },
});
