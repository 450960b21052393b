import { defineDeviation } from '../deviation.ts';
import { editJson } from '../edit.ts';

export default defineDeviation({
  name: 'table.order-top-count-page',
  breaks: 'table.order-top-count',
  summary: 'counts the rows of the page instead of all',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      if (about.resource !== 'rows-get') return given;
      return editJson(given, (json) => ('@odata.count' in json ? { ...json, '@odata.count': 1 } : json));
    },
  }),
});
