import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.codes-strings',
  breaks: 'callback.codes',
  summary: 'sends the codes as strings',
  behaviour: (contract) => ({
    callback: (operation, location, situation) => {
      const payload = contract.callback(operation, location, situation);
      return {
        ...payload,
        [members.state]: String(operation.state),
        [members.status]: String(operation.status),
      };
    },
  }),
});
