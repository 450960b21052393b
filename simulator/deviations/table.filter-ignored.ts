import { defineDeviation } from '../deviation.ts';
import { editQuery } from '../edit.ts';

export default defineDeviation({
  name: 'table.filter-ignored',
  breaks: 'table.filter',
  summary: 'ignores $filter',
  behaviour: (contract) => ({
    request: (request, situation) =>
      editQuery(contract.request(request, situation), '$filter', (filter) =>
        filter === '' ? filter : undefined,
      ),
  }),
});
