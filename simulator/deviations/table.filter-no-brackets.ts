import { defineDeviation } from '../deviation.ts';
import { editQuery } from '../edit.ts';

export default defineDeviation({
  name: 'table.filter-no-brackets',
  breaks: 'table.filter',
  summary: 'overlooks brackets',
  behaviour: (contract) => ({
    request: (request, situation) =>
      editQuery(contract.request(request, situation), '$filter', (filter) =>
        filter.includes('not') ? filter : filter.replaceAll(/[()]/g, ' '),
      ),
  }),
});
