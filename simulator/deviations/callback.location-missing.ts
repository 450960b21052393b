import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.location-missing',
  breaks: 'callback.location',
  summary: 'leaves location out of the payload',
  behaviour: (contract) => ({
    callback: (operation, location, situation) => {
      const payload = contract.callback(operation, location, situation);
      return Object.fromEntries(Object.entries(payload).filter(([name]) => name !== members.location));
    },
  }),
});
