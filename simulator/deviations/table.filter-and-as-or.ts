import { defineDeviation } from '../deviation.ts';
import { editQuery } from '../edit.ts';

export default defineDeviation({
  name: 'table.filter-and-as-or',
  breaks: 'table.filter',
  summary: 'reads and as or',
  behaviour: (contract) => ({
    request: (request, situation) =>
      editQuery(contract.request(request, situation), '$filter', (filter) =>
        filter.replaceAll(/ and /g, ' or '),
      ),
  }),
});
