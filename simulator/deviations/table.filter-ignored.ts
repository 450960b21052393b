import { defineDeviation } from '../deviation.ts';
import { editQuery } from '../edit.ts';

export default defineDeviation({
  name: 'table.filter-ignored',
  breaks: 'table.filter',
  summary: 'ignores $filter',
  alsoBreaks: {
    'table.paging': 'the pages do not have the rows that they should',
    'table.order-top-count': 'rows stand where the contract’s values would not put them',
  },
  behaviour: (contract) => ({
    request: (request, situation) =>
      editQuery(contract.request(request, situation), '$filter', (filter) =>
        request.path.endsWith('/backgroundoperations') ? undefined : filter,
      ),
  }),
});
