import { defineDeviation } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviation({
  name: 'unknown.error-body-nameless',
  breaks: 'unknown.error-body',
  summary: 'does not say which row it did not find',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const unknown = about.resource === 'row-get' && kept.status === 404 && about.operation === undefined;
      return unknown
        ? withJson(kept, 404, { error: { code: '0x80048d02', message: 'Resource not found.' } })
        : kept;
    },
  }),
});
