import { defineDeviation } from '../deviation.ts';
import { editQuery } from '../edit.ts';

export default defineDeviation({
  name: 'table.order-top-count-ignored',
  breaks: 'table.order-top-count',
  summary: 'ignores $orderby',
  alsoBreaks: {
    'table.paging': 'the pages do not have the rows that they should',
  },
  behaviour: (contract) => ({
    request: (request, situation) =>
      editQuery(contract.request(request, situation), '$orderby', (order) =>
        /^[a-z ,]+$/.test(order) ? undefined : order,
      ),
  }),
});
