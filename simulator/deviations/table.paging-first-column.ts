import { defineDeviation } from '../deviation.ts';
import { editQuery } from '../edit.ts';

export default defineDeviation({
  name: 'table.paging-first-column',
  breaks: 'table.paging',
  summary: 'orders pages by the first column of $orderby alone',
  behaviour: (contract) => ({
    request: (request, situation) => {
      const read = contract.request(request, situation);
      if (!read.prefer.some((field) => field.includes('odata.maxpagesize'))) return read;
      return editQuery(read, '$orderby', (order) => order.split(',')[0]);
    },
  }),
});
