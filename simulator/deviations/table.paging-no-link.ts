import { defineDeviation } from '../deviation.ts';
import { editJson } from '../edit.ts';

export default defineDeviation({
  name: 'table.paging-no-link',
  breaks: 'table.paging',
  summary: 'gives the first page and no link to the next',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      if (about.resource !== 'rows-get') return given;
      return editJson(given, (json) =>
        Object.fromEntries(Object.entries(json).filter(([name]) => name !== '@odata.nextLink')),
      );
    },
  }),
});
