import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.id-own',
  breaks: 'callback.id',
  summary: 'gives each callback an id of its own',
  behaviour: (contract) => ({
    callback: (operation, location, situation) => {
      const payload = contract.callback(operation, location, situation);
      return { ...payload, [members.id]: crypto.randomUUID() };
    },
  }),
});
