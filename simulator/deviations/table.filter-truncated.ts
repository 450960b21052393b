import { defineDeviation } from '../deviation.ts';
import { editJson } from '../edit.ts';

export default defineDeviation({
  name: 'table.filter-truncated',
  breaks: 'table.filter',
  summary: 'returns at most three rows',
  alsoBreaks: {
    'table.paging': 'the pages do not have the rows that they should',
    'table.order-top-count': 'rows stand where the contract’s values would not put them',
  },
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      if (about.resource !== 'rows-get') return given;
      return editJson(given, (json) =>
        Array.isArray(json.value) && request.query.includes('filter')
          ? { ...json, value: json.value.slice(0, 3) }
          : json,
      );
    },
  }),
});
