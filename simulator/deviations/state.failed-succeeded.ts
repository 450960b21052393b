import { pairs } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'state.failed-succeeded',
  breaks: 'state.failed',
  summary: 'ends as succeeded after the last failure',
  behaviour: (contract) => ({
    failed: (operation, situation) =>
      operation.canceled ? contract.failed(operation, situation) : pairs.succeeded,
  }),
});
