import { defineDeviation } from '../deviation.ts';
import { editQuery } from '../edit.ts';

export default defineDeviation({
  name: 'table.select-first-three',
  breaks: 'table.select',
  summary: 'returns the first three of the selected columns only',
  behaviour: (contract) => ({
    request: (request, situation) =>
      editQuery(contract.request(request, situation), '$select', (columns) =>
        columns.split(',').slice(0, 3).join(','),
      ),
  }),
});
