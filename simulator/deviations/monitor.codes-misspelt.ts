import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.codes-misspelt',
  breaks: 'monitor.codes',
  summary: 'calls the status code backgroundOperationSatusCode, as a draft did',
  behaviour: (contract) => ({
    monitor: (operation, situation) => {
      const shown = contract.monitor(operation, situation);
      const { [members.status]: status, ...others } = shown;
      return { ...others, backgroundOperationSatusCode: status };
    },
  }),
});
