import { isJsonObject } from '../plain.ts';
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
  'filter-forgotten': {
    summary: 'forgets the filter from the second page on',
    narrow: true,
    behaviour: edit('request', (request) =>
      request.query.includes('skiptoken') ? editQuery(request, '$filter', () => undefined) : request,
    ),
  },
  ties: {
    summary: 'skips rows that share the value of the last row of the page before',
    narrow: true,
    behaviour: (contract) => {
      let last: unknown;
      return {
        answer: (answer, request, about) => {
          const given = contract.answer(answer, request, about);
          const by = /(?:\$|%24)orderby=(\w+)/i.exec(request.query)?.[1];
          if (about.resource !== 'rows-get' || by === undefined) return given;
          return editJson(given, (json) => {
            const rows = Array.isArray(json.value) ? json.value.filter(isJsonObject) : [];
            const before = last;
            last = rows.at(-1)?.[by];
            return request.query.includes('skiptoken')
              ? { ...json, value: rows.filter((row) => row[by] !== before) }
              : json;
          });
        },
      };
    },
  },
  shifting: {
    summary: 'counts pages from the beginning, so that rows that are added meanwhile move the others',
    narrow: true,
    behaviour: (contract) => {
      let accepted = 0;
      let before = 0;
      let previous: readonly unknown[] = [];
      return {
        accepted: (o, situation) => {
          accepted += 1;
          return contract.accepted(o, situation);
        },
        answer: (answer, request, about) => {
          const given = contract.answer(answer, request, about);
          const newest = /orderby=createdon(?:%20|\+)desc/i.test(request.query);
          if (about.resource !== 'rows-get' || !newest) return given;
          return editJson(given, (json) => {
            const rows = Array.isArray(json.value) ? (json.value as unknown[]) : [];
            const added = request.query.includes('skiptoken') ? accepted - before : 0;
            const again = added > 0 ? previous.slice(-added) : [];
            before = accepted;
            previous = rows;
            return { ...json, value: [...again, ...rows] };
          });
        },
      };
    },
  },
  'last-single': {
    summary: 'loses the last page where it has a single row',
    narrow: true,
    behaviour: edit('answer', (answer, request, about) =>
      about.resource === 'rows-get' && request.query.includes('skiptoken')
        ? editJson(answer, (json) =>
            Array.isArray(json.value) && json.value.length === 1 && !('@odata.nextLink' in json)
              ? { ...json, value: [] }
              : json,
          )
        : answer,
    ),
  },
});
