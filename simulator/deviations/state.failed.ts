import { pairs } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  canceled: {
    summary: 'ends as canceled after the last failure',
    alsoBreaks: {
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
      'cancel.race': 'of a race the canceled side is seen with the wrong end',
    },
    behaviour: edit('failed', (codes, operation) => (operation.canceled ? codes : pairs.canceled)),
  },
  succeeded: {
    summary: 'ends as succeeded after the last failure',
    alsoBreaks: {
      'time-limit.fails-beyond': 'time-outs end as wrongly as other failures',
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
    },
    behaviour: edit('failed', (codes, operation) => (operation.canceled ? codes : pairs.succeeded)),
  },
});
