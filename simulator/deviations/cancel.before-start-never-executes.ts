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
});
