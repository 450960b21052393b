import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editJson, editQuery, withoutMembers } from '../edit.ts';

export default defineDeviations({
  'first-column': {
    summary: 'orders pages by the first column of $orderby alone',
    behaviour: edit('request', (request) => {
      if (!request.prefer.some((field) => field.includes('odata.maxpagesize'))) return request;
      return editQuery(request, '$orderby', (order) => order.split(',')[0]);
    }),
  },
  'no-link': {
    summary: 'gives the first page and no link to the next',
    behaviour: edit('answer', (answer, _request, about) => {
      if (about.resource !== 'rows-get') return answer;
      return editJson(answer, (json) => withoutMembers(json, '@odata.nextLink'));
    }),
  },
  repeats: {
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
  },
});
