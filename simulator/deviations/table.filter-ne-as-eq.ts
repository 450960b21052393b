import { defineDeviation } from '../deviation.ts';
import { editQuery } from '../edit.ts';

export default defineDeviation({
  name: 'table.filter-ne-as-eq',
  breaks: 'table.filter',
  summary: 'reads ne as eq',
  behaviour: (contract) => ({
    request: (request, situation) =>
      editQuery(contract.request(request, situation), '$filter', (filter) =>
        filter.replaceAll(/ ne /g, ' eq '),
      ),
  }),
});
