import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.error-on-failure-hexadecimal',
  breaks: 'monitor.error-on-failure',
  summary: 'writes the error code as errors of the Web API have it',
  behaviour: (contract) => ({
    monitor: (operation, situation) => {
      const shown = contract.monitor(operation, situation);
      const { errorCode } = operation;
      if (errorCode === undefined) return shown;
      return { ...shown, [members.errorCode]: `0x${(errorCode >>> 0).toString(16).padStart(8, '0')}` };
    },
  }),
});
