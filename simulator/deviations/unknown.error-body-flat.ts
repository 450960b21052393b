import { defineDeviation } from '../deviation.ts';
import { editJson } from '../edit.ts';
import { isObject } from '../plain.ts';

export default defineDeviation({
  name: 'unknown.error-body-flat',
  breaks: 'unknown.error-body',
  summary: 'answers its 404 without an error object',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const unknown = about.resource === 'row-get' && kept.status === 404 && about.operation === undefined;
      return unknown ? editJson(kept, ({ error }) => (isObject(error) ? error : undefined)) : kept;
    },
  }),
});
