import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.error-only-on-failure-null',
  breaks: 'callback.error-only-on-failure',
  summary: 'sends null for an error that never was',
  alsoBreaks: {
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
  },
  behaviour: (contract) => ({
    callback: (operation, location, situation) => {
      const payload = contract.callback(operation, location, situation);
      return { [members.errorCode]: null, [members.errorMessage]: null, ...payload };
    },
  }),
});
