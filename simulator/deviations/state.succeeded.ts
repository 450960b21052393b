import { pairs } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  unfinished: {
    summary: 'forgets to move an operation out of progress after success',
    alsoBreaks: {
      'callback.after-completion': 'the callback comes although no end is shown',
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
    },
    behaviour: edit('succeeded', (codes, operation) => (operation.canceled ? codes : pairs.inProgress)),
  },
});
