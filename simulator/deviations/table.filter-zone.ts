import { defineDeviation } from '../deviation.ts';
import { editQuery } from '../edit.ts';

export default defineDeviation({
  name: 'table.filter-zone',
  breaks: 'table.filter',
  summary: 'takes every offset of a time for one east of Greenwich',
  behaviour: (contract) => ({
    request: (request, situation) =>
      editQuery(contract.request(request, situation), '$filter', (filter) =>
        filter.replace(/(T\d\d:\d\d:\d\d)-(\d\d:\d\d)/g, '$1+$2'),
      ),
  }),
});
