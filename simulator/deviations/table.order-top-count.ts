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
});
