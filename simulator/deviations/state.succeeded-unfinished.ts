import { pairs } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'state.succeeded-unfinished',
  breaks: 'state.succeeded',
  summary: 'forgets to move an operation out of progress after success',
  alsoBreaks: {
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
  },
  behaviour: (contract) => ({
    succeeded: (operation, situation) =>
      operation.canceled ? contract.succeeded(operation, situation) : pairs.inProgress,
  }),
});
