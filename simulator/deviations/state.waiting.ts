import { pairs } from '../../contract/vocabulary.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  'in-progress': {
    summary: 'shows an accepted operation as in progress before its first attempt',
    alsoBreaks: { 'state.legal-history': 'no life of an operation is in progress without an attempt' },
    behaviour: () => ({ waiting: () => pairs.inProgress }),
  },
});
