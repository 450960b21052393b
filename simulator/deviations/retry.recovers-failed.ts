import { pairs } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.recovers-failed',
  breaks: 'retry.recovers',
  summary: 'ends as failed although a retry succeeded',
  alsoBreaks: {
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
  },
  behaviour: (contract) => ({
    succeeded: (operation, situation) =>
      operation.attempts > 1 && !operation.canceled ? pairs.failed : contract.succeeded(operation, situation),
  }),
});
