import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.codes-nested',
  breaks: 'callback.codes',
  summary: 'sends the codes in an object of their own',
  alsoBreaks: {
    'callback.only-documented-members': 'the payload has a member that is not documented',
    'callback.error-on-failure': 'the error is not where it is documented',
  },
  behaviour: (contract) => ({
    callback: (operation, location, situation) => {
      const payload = contract.callback(operation, location, situation);
      return { [members.id]: operation.id, [members.location]: location, status: payload };
    },
  }),
});
