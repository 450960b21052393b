import { pairs } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'state.canceled-failed',
  breaks: 'state.canceled',
  summary: 'ends as failed when it was canceled before it started',
  alsoBreaks: {
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
    'cancel.race': 'of a race the canceled side is seen with the wrong end',
  },
  behaviour: () => ({ canceledIdle: () => pairs.failed }),
});
