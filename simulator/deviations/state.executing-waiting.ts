import { pairs } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'state.executing-waiting',
  breaks: 'state.executing',
  summary: 'shows an operation as waiting while its attempt runs',
  behaviour: (contract) => ({
    executing: (operation, situation) =>
      operation.canceled ? contract.executing(operation, situation) : pairs.waiting,
  }),
});
