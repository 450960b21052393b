import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.error-only-on-failure-zero',
  breaks: 'monitor.error-only-on-failure',
  summary: 'shows the code 0 and an empty message after success',
  alsoBreaks: {
    'state.legal-history': 'an error is shown that no attempt has made',
    'monitor.agrees-with-row': 'the row of a recovered operation shows no such error',
  },
  behaviour: (contract) => ({
    monitor: (operation, situation) => {
      const shown = contract.monitor(operation, situation);
      return operation.status === 30
        ? { [members.errorCode]: 0, [members.errorMessage]: '', ...shown }
        : shown;
    },
  }),
});
