import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.error-only-on-failure-nulls',
  breaks: 'monitor.error-only-on-failure',
  summary: 'shows null where there is no error',
  alsoBreaks: { 'state.legal-history': 'an error is shown that no attempt has made' },
  behaviour: (contract) => ({
    monitor: (operation, situation) => ({
      [members.errorCode]: null,
      [members.errorMessage]: null,
      ...contract.monitor(operation, situation),
    }),
  }),
});
