import { pairs } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'state.canceled-stays',
  breaks: 'state.canceled',
  summary: 'stays canceling for ever when it was canceled before it started',
  alsoBreaks: {
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
    'cancel.race': 'of a race the canceled side is seen with the wrong end',
  },
  behaviour: () => ({ canceledIdle: () => pairs.canceling }),
});
