import { defineDeviation } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviation({
  name: 'access.error-code-name',
  breaks: 'access.error-code',
  summary: 'gives the name of the error for its code',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      if (kept.status !== 403 || about.user?.privileged !== false) return kept;
      return withJson(kept, 403, {
        error: { code: 'PrivilegeDenied', message: 'The user lacks a privilege.' },
      });
    },
  }),
});
