import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'error.same-everywhere-callback',
  breaks: 'error.same-everywhere',
  summary: 'tells receivers of callbacks a message of its own',
  behaviour: (contract) => ({
    callback: (operation, location, situation) => {
      const payload = contract.callback(operation, location, situation);
      return members.errorMessage in payload
        ? { ...payload, [members.errorMessage]: 'The operation failed.' }
        : payload;
    },
  }),
});
