import { defineDeviation } from '../deviation.ts';
import { editQuery } from '../edit.ts';

export default defineDeviation({
  name: 'table.filter-or-first',
  breaks: 'table.filter',
  summary: 'lets or bind before and',
  behaviour: (contract) => ({
    request: (request, situation) =>
      editQuery(contract.request(request, situation), '$filter', (filter) =>
        /[()]/.test(filter)
          ? filter
          : filter
              .split(' and ')
              .map((part) => `(${part})`)
              .join(' and '),
      ),
  }),
});
