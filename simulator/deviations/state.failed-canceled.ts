import { pairs } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'state.failed-canceled',
  breaks: 'state.failed',
  summary: 'ends as canceled after the last failure',
  behaviour: (contract) => ({
    failed: (operation, situation) =>
      operation.canceled ? contract.failed(operation, situation) : pairs.canceled,
  }),
});
