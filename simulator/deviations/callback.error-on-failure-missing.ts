import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.error-on-failure-missing',
  breaks: 'callback.error-on-failure',
  summary: 'leaves code and message out after a failure',
  alsoBreaks: {
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
  },
  behaviour: (contract) => ({
    callback: (operation, location, situation) => {
      const payload = contract.callback(operation, location, situation);
      return Object.fromEntries(
        Object.entries(payload).filter(
          ([name]) => name !== members.errorCode && name !== members.errorMessage,
        ),
      );
    },
  }),
});
