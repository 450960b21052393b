import { pairs } from '../../contract/vocabulary.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  failed: {
    summary: 'ends as failed when it was canceled before it started',
    alsoBreaks: {
      'sdk.cancel': 'the same cancellation, asked for through the organization service',
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
      'cancel.race': 'of a race the canceled side is seen with the wrong end',
    },
    behaviour: () => ({ canceledIdle: () => pairs.failed }),
  },
  stays: {
    summary: 'stays canceling for ever when it was canceled before it started',
    alsoBreaks: {
      'callback.after-completion': 'the callback comes although no end is shown',
      'callback.codes': 'the callback shows no end either',
      'event.outputs': 'the event shows no end either',
      'table.no-endtime-before-end': 'it has the end time of an operation that ended',

      'sdk.cancel': 'the same cancellation, asked for through the organization service',
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
      'cancel.race': 'of a race the canceled side is seen with the wrong end',
    },
    behaviour: () => ({ canceledIdle: () => pairs.canceling }),
  },
  succeeded: {
    summary: 'ends as succeeded when it was canceled before it started',
    alsoBreaks: {
      'state.failed': 'an attempt had failed before the cancellation',

      'sdk.cancel': 'the same cancellation, asked for through the organization service',
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
      'cancel.race': 'of a race the canceled side is seen with the wrong end',
    },
    behaviour: () => ({ canceledIdle: () => pairs.succeeded }),
  },
});
