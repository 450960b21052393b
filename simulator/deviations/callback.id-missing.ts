import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.id-missing',
  breaks: 'callback.id',
  summary: 'leaves the id out of the payload',
  behaviour: (contract) => ({
    callback: (operation, location, situation) => {
      const payload = contract.callback(operation, location, situation);
      return Object.fromEntries(Object.entries(payload).filter(([name]) => name !== members.id));
    },
  }),
});
