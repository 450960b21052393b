import { pairs } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'state.executing-waiting',
  breaks: 'state.executing',
  summary: 'shows an operation as waiting while its attempt runs',
  alsoBreaks: {
    'table.order-top-count': 'rows stand where the contract’s values would not put them',
    'table.filter': 'a row is found by a value that the contract does not give it',
    'table.etag-conditional': 'the row does not show what the condition is about',
  },
  behaviour: (contract) => ({
    executing: (operation, situation) =>
      operation.canceled ? contract.executing(operation, situation) : pairs.waiting,
  }),
});
