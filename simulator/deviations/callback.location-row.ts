import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.location-row',
  breaks: 'callback.location',
  summary: 'names the row as location',
  behaviour: (contract) => ({
    callback: (operation, location, situation) => {
      const payload = contract.callback(operation, location, situation);
      return {
        ...payload,
        [members.location]: `${operation.origin}/api/data/v9.2/backgroundoperations(${operation.id})`,
      };
    },
  }),
});
