import { pairs } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'state.failed-succeeded',
  breaks: 'state.failed',
  summary: 'ends as succeeded after the last failure',
  alsoBreaks: {
    'time-limit.fails-beyond': 'time-outs end as wrongly as other failures',
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
  },
  behaviour: (contract) => ({
    failed: (operation, situation) =>
      operation.canceled ? contract.failed(operation, situation) : pairs.succeeded,
  }),
});
