import { defineDeviation } from '../deviation.ts';
import { editJson } from '../edit.ts';

export default defineDeviation({
  name: 'event.is-custom-api-hidden',
  breaks: 'event.is-custom-api',
  summary: 'does not list the event among the custom APIs',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      return request.path.endsWith('/customapis')
        ? editJson(given, (json) => ({ ...json, value: [] }))
        : given;
    },
  }),
});
