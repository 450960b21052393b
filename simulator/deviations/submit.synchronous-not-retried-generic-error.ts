import { defineDeviation } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviation({
  name: 'submit.synchronous-not-retried-generic-error',
  breaks: 'submit.synchronous-not-retried',
  summary: 'hides why a synchronous call failed',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      if (about.resource !== 'synchronous' || kept.status < 400) return kept;
      return withJson(kept, 500, { error: { code: '0x80040216', message: 'An unexpected error occurred.' } });
    },
  }),
});
