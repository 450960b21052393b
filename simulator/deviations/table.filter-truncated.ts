import { defineDeviation } from '../deviation.ts';
import { editJson } from '../edit.ts';

export default defineDeviation({
  name: 'table.filter-truncated',
  breaks: 'table.filter',
  summary: 'returns at most three rows',
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
