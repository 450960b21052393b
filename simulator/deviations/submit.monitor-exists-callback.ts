import { defineDeviation } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviation({
  name: 'submit.monitor-exists-callback',
  breaks: 'submit.monitor-exists',
  summary: 'has no monitor before the first attempt where a callback was asked for',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const { resource, operation } = about;
      if (resource !== 'monitor-get' || operation?.callbackUrl === undefined) return kept;
      const absent = operation.attempts === 0 && operation.state !== 3;
      return absent ? withJson(kept, 404, { error: { code: '', message: 'Not found.' } }) : kept;
    },
  }),
});
