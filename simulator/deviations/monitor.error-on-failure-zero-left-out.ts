import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.error-on-failure-zero-left-out',
  breaks: 'monitor.error-on-failure',
  summary: 'leaves out an error code of 0',
  behaviour: (contract) => ({
    monitor: (operation, situation) => {
      const shown = contract.monitor(operation, situation);
      const { [members.errorCode]: code, ...others } = shown;
      return code === 0 ? others : shown;
    },
  }),
});
