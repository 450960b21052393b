import { defineDeviation } from '../deviation.ts';
import { withoutHeader } from '../edit.ts';

export default defineDeviation({
  name: 'monitor.method-not-allowed-no-allow',
  breaks: 'monitor.method-not-allowed',
  summary: 'does not say which methods are allowed',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      return about.resource === 'monitor-other' && kept.status === 405 ? withoutHeader(kept, 'Allow') : kept;
    },
  }),
});
