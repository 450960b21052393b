import { defineDeviation } from '../deviation.ts';
import { editQuery } from '../edit.ts';

export default defineDeviation({
  name: 'table.filter-lt-as-le',
  breaks: 'table.filter',
  summary: 'reads lt as le',
  behaviour: (contract) => ({
    request: (request, situation) =>
      editQuery(contract.request(request, situation), '$filter', (filter) =>
        filter.replaceAll(/ lt /g, ' le '),
      ),
  }),
});
