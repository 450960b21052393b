import { headers } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';
import { withJson, withoutHeader } from '../edit.ts';

export default defineDeviation({
  name: 'access.privileges-required-checked-late',
  breaks: 'access.privileges-required',
  summary: 'refuses a user without the privileges after it has accepted the operation',
  behaviour: (contract) => ({
    permits: (user, action, operation, situation) =>
      action === 'submit' || contract.permits(user, action, operation, situation),
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      if (kept.status !== 202 || about.user?.privileged !== false) return kept;
      const refusal = withoutHeader(withoutHeader(kept, headers.operationId), headers.location);
      return withJson(refusal, 403, { error: { code: '0x80040220', message: 'A privilege is missing.' } });
    },
  }),
});
