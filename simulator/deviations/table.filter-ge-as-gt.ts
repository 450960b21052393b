import { defineDeviation } from '../deviation.ts';
import { editQuery } from '../edit.ts';

export default defineDeviation({
  name: 'table.filter-ge-as-gt',
  breaks: 'table.filter',
  summary: 'reads ge as gt',
  behaviour: (contract) => ({
    request: (request, situation) =>
      editQuery(contract.request(request, situation), '$filter', (filter) =>
        filter.replaceAll(/ ge /g, ' gt '),
      ),
  }),
});
