import { defineDeviation } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviation({
  name: 'access.error-code-decimal',
  breaks: 'access.error-code',
  summary: 'writes the code as a signed number',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      if (kept.status !== 403 || about.user?.privileged !== false) return kept;
      return withJson(kept, 403, { error: { code: '-2147220960', message: 'The user lacks a privilege.' } });
    },
  }),
});
