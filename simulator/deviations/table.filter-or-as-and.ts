import { defineDeviation } from '../deviation.ts';
import { editQuery } from '../edit.ts';

export default defineDeviation({
  name: 'table.filter-or-as-and',
  breaks: 'table.filter',
  summary: 'reads or as and',
  behaviour: (contract) => ({
    request: (request, situation) =>
      editQuery(contract.request(request, situation), '$filter', (filter) =>
        filter.replace(/ or (?=(?:[^']*'[^']*')*[^']*$)/g, ' and '),
      ),
  }),
});
