import { defineDeviation } from '../deviation.ts';
import { editJson } from '../edit.ts';

export default defineDeviation({
  name: 'table.paging-repeats',
  breaks: 'table.paging',
  summary: 'gives the last row of a page again as the first of the next',
  behaviour: (contract) => {
    const last = new Map<string, unknown>();
    return {
      answer: (answer, request, about) => {
        const given = contract.answer(answer, request, about);
        if (about.resource !== 'rows-get') return given;
        return editJson(given, (json) => {
          const rows = Array.isArray(json.value) ? (json.value as unknown[]) : [];
          const before = last.get('page');
          if ('@odata.nextLink' in json) last.set('page', rows.at(-1));
          return request.query.includes('skiptoken') && before !== undefined
            ? { ...json, value: [before, ...rows] }
            : json;
        });
      },
    };
  },
});
