import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.codes-nested',
  breaks: 'callback.codes',
  summary: 'sends the codes in an object of their own',
  behaviour: (contract) => ({
    callback: (operation, location, situation) => {
      const payload = contract.callback(operation, location, situation);
      return { [members.id]: operation.id, [members.location]: location, status: payload };
    },
  }),
});
