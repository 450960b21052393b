import { defineDeviation } from '../deviation.ts';
import { editQuery } from '../edit.ts';

export default defineDeviation({
  name: 'table.order-top-count-one-digit',
  breaks: 'table.order-top-count',
  summary: 'reads only the first digit of $top',
  behaviour: (contract) => ({
    request: (request, situation) =>
      editQuery(contract.request(request, situation), '$top', (top) => top.trim().slice(0, 1)),
  }),
});
