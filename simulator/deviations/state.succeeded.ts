import { pairs } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  unfinished: {
    summary: 'forgets to move an operation out of progress after success',
    alsoBreaks: {
      'callback.after-completion': 'the callback comes although no end is shown',
      'callback.codes': 'the callback shows no end either',
      'event.outputs': 'the event shows no end either',
      'table.no-endtime-before-end': 'it has the end time of an operation that ended',
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
    },
    behaviour: edit('succeeded', (codes, operation) => (operation.canceled ? codes : pairs.inProgress)),
  },
});
