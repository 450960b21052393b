import { pairs } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'state.failed-canceled',
  breaks: 'state.failed',
  summary: 'ends as canceled after the last failure',
  alsoBreaks: {
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
    'cancel.race': 'of a race the canceled side is seen with the wrong end',
  },
  behaviour: (contract) => ({
    failed: (operation, situation) =>
      operation.canceled ? contract.failed(operation, situation) : pairs.canceled,
  }),
});
