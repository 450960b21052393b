import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.codes-constant',
  breaks: 'callback.codes',
  summary: 'sends (3,30) whatever became of the operation',
  alsoBreaks: {
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
  },
  behaviour: (contract) => ({
    callback: (operation, location, situation) => {
      const payload = contract.callback(operation, location, situation);
      return { ...payload, [members.status]: 30 };
    },
  }),
});
