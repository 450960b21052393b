import { defineDeviation } from '../deviation.ts';
import { editQuery } from '../edit.ts';

export default defineDeviation({
  name: 'table.order-top-count-ids-only',
  breaks: 'table.order-top-count',
  summary: 'counts and orders by the ids of a filter, and passes over its other conditions',
  behaviour: (contract) => ({
    request: (request, situation) => {
      const given = contract.request(request, situation);
      return /(?:\$|%24)count=true/.test(given.query)
        ? editQuery(given, '$filter', (filter) => filter.replace(/\) and \(.* or retrycount gt 0\)$/, ')'))
        : given;
    },
  }),
});
