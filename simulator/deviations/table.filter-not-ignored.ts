import { defineDeviation } from '../deviation.ts';
import { editQuery } from '../edit.ts';

export default defineDeviation({
  name: 'table.filter-not-ignored',
  breaks: 'table.filter',
  summary: 'overlooks not',
  behaviour: (contract) => ({
    request: (request, situation) =>
      editQuery(contract.request(request, situation), '$filter', (filter) =>
        filter.replaceAll(/\bnot\s*\(/g, '('),
      ),
  }),
});
