import { pairs } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'state.executing-retry',
  breaks: 'state.executing',
  summary: 'shows a retry that runs as waiting',
  behaviour: (contract) => ({
    executing: (operation, situation) =>
      operation.attempts > 0 && !operation.canceled
        ? pairs.waiting
        : contract.executing(operation, situation),
  }),
});
