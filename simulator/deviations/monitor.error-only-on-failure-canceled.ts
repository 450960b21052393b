import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.error-only-on-failure-canceled',
  breaks: 'monitor.error-only-on-failure',
  summary: 'tells a cancellation as an error',
  alsoBreaks: { 'state.legal-history': 'an error is shown that no attempt has made' },
  behaviour: (contract) => ({
    monitor: (operation, situation) => {
      const shown = contract.monitor(operation, situation);
      if (operation.status !== 32) return shown;
      return { [members.errorCode]: 0, [members.errorMessage]: 'The operation was canceled.', ...shown };
    },
  }),
});
