import { defineDeviation } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviation({
  name: 'submit.monitor-exists-once-started',
  breaks: 'submit.monitor-exists',
  summary: 'has a monitor only from the first attempt on',
  alsoBreaks: {
    'monitor.ok': 'an operation that waits has no monitor',
  },
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const { resource, operation } = about;
      if (resource !== 'monitor-get' || operation === undefined) return kept;
      const absent = operation.attempts === 0 && operation.state !== 3;
      return absent ? withJson(kept, 404, { error: { code: '', message: 'Not found.' } }) : kept;
    },
  }),
});
