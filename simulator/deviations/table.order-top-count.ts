import { isJsonObject } from '../plain.ts';
import { edit, editOption } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editJson, editQuery } from '../edit.ts';

export default defineDeviations({
  'always-ascending': {
    summary: 'overlooks desc',
    alsoBreaks: { 'table.paging': 'the pages do not have the rows that they should' },
    behaviour: editOption('$orderby', (order) => order.replaceAll(' desc', ' asc')),
  },
  'ids-only': {
    summary: 'counts and orders by the ids of a filter, and passes over its other conditions',
    behaviour: edit('request', (request) =>
      /(?:\$|%24)count=true/.test(request.query)
        ? editQuery(request, '$filter', (filter) => filter.replace(/\) and \(.* or retrycount gt 0\)$/, ')'))
        : request,
    ),
  },
  ignored: {
    summary: 'ignores $orderby',
    alsoBreaks: { 'table.paging': 'the pages do not have the rows that they should' },
    behaviour: editOption('$orderby', (order) => (/^[a-z ,]+$/.test(order) ? undefined : order)),
  },
  'needs-filter': {
    summary: 'gives no rows where there is no $filter',
    behaviour: edit('request', (request) => {
      const whole =
        request.path.endsWith('/backgroundoperations') && !/(?:\$|%24)filter=/.test(request.query);
      return whole ? { ...request, query: `${request.query}&$filter=retrycount%20lt%200` } : request;
    }),
  },
  'one-digit': {
    summary: 'reads only the first digit of $top',
    behaviour: editOption('$top', (top) => top.trim().slice(0, 1)),
  },
  'page-size': {
    summary: 'takes $top for the size of a page, and offers further ones',
    behaviour: edit('request', (request) => {
      const prefer = [...request.prefer];
      const edited = editQuery(request, '$top', (top) => {
        prefer.push(`odata.maxpagesize=${top}`);
        return undefined;
      });
      return { ...edited, prefer };
    }),
  },
  page: {
    summary: 'counts the rows of the page instead of all',
    behaviour: edit('answer', (answer, _request, about) => {
      if (about.resource !== 'rows-get') return answer;
      return editJson(answer, (json) => ('@odata.count' in json ? { ...json, '@odata.count': 1 } : json));
    }),
  },
  whole: {
    summary: 'counts the rows of the whole table, whatever the filter',
    behaviour: (contract) => {
      const accepted = new Set<string>();
      return {
        accepted: (operation, situation) => {
          accepted.add(operation.id);
          return contract.accepted(operation, situation);
        },
        answer: (answer, request, about) => {
          const given = contract.answer(answer, request, about);
          if (about.resource !== 'rows-get') return given;
          return editJson(given, (json) =>
            '@odata.count' in json ? { ...json, '@odata.count': accepted.size } : json,
          );
        },
      };
    },
  },
  second: {
    summary: 'overlooks all but the first column of $orderby',
    narrow: true,
    behaviour: editOption('$orderby', (order) => order.split(',')[0]),
  },
  'tie-desc': {
    summary: 'takes desc of one column for all',
    narrow: true,
    behaviour: editOption('$orderby', (order) =>
      order.includes(',') && order.includes('desc')
        ? order
            .split(',')
            .map((part) => `${part.trim().split(' ')[0] ?? ''} desc`)
            .join(',')
        : order,
    ),
  },
  'nulls-last': {
    summary: 'puts rows without a value last in both directions',
    narrow: true,
    behaviour: edit('answer', (answer, request, about) => {
      if (about.resource !== 'rows-get') return answer;
      const by = /(?:\$|%24)orderby=(\w+)/i.exec(request.query)?.[1];
      if (by === undefined) return answer;
      return editJson(answer, (json) => {
        const rows = Array.isArray(json.value) ? json.value.filter(isJsonObject) : [];
        return {
          ...json,
          value: [...rows.filter((row) => row[by] !== null), ...rows.filter((row) => row[by] === null)],
        };
      });
    }),
  },
  'nulls-first': {
    summary: 'puts rows without a value first in both directions',
    narrow: true,
    behaviour: edit('answer', (answer, request, about) => {
      if (about.resource !== 'rows-get') return answer;
      const by = /(?:\$|%24)orderby=(\w+)/i.exec(request.query)?.[1];
      if (by === undefined) return answer;
      return editJson(answer, (json) => {
        const rows = Array.isArray(json.value) ? json.value.filter(isJsonObject) : [];
        return {
          ...json,
          value: [...rows.filter((row) => row[by] === null), ...rows.filter((row) => row[by] !== null)],
        };
      });
    }),
  },
  remaining: {
    summary: 'counts the rows from the page on that is shown',
    narrow: true,
    behaviour: (contract) => {
      let shown = 0;
      return {
        answer: (answer, request, about) => {
          const given = contract.answer(answer, request, about);
          if (about.resource !== 'rows-get') return given;
          return editJson(given, (json) => {
            if (!request.query.includes('skiptoken')) shown = 0;
            const count = Number(json['@odata.count']) - shown;
            shown += Array.isArray(json.value) ? json.value.length : 0;
            return '@odata.count' in json ? { ...json, '@odata.count': count } : json;
          });
        },
      };
    },
  },
  'top-zero': {
    summary: 'takes $top beyond the rows for none',
    narrow: true,
    behaviour: editOption('$top', (top) => (Number(top) > 100 ? '1' : top)),
  },
  paged: {
    summary: 'counts at most the rows of a page where pages were asked for',
    narrow: true,
    behaviour: edit('answer', (answer, request, about) => {
      if (about.resource !== 'rows-get' || !request.prefer.some((field) => field.includes('maxpagesize')))
        return answer;
      return editJson(answer, (json) =>
        '@odata.count' in json && Array.isArray(json.value)
          ? { ...json, '@odata.count': json.value.length }
          : json,
      );
    }),
  },
  'zero-unlimited': {
    summary: 'takes $top=0 for no limit',
    narrow: true,
    behaviour: editOption('$top', (top) => (top === '0' ? undefined : top)),
  },
  'count-top': {
    summary: 'counts at most the rows of $top',
    narrow: true,
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'rows-get'
        ? editJson(answer, (json) =>
            typeof json['@odata.count'] === 'number' &&
            Array.isArray(json.value) &&
            !('@odata.nextLink' in json)
              ? { ...json, '@odata.count': json.value.length }
              : json,
          )
        : answer,
    ),
  },
});
