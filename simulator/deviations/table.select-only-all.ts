import { defineDeviation } from '../deviation.ts';
import { editQuery } from '../edit.ts';

export default defineDeviation({
  name: 'table.select-only-all',
  breaks: 'table.select-only',
  summary: 'returns every column whatever was selected',
  alsoBreaks: { 'table.unknown-column': 'no column is looked at, so none is unknown' },
  behaviour: (contract) => ({
    request: (request, situation) =>
      editQuery(contract.request(request, situation), '$select', (columns) =>
        /^[a-z_,]+$/.test(columns) && columns.includes('state') ? undefined : columns,
      ),
  }),
});
