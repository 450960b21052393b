import { editQuery } from '../edit.ts';
import { editOption, edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  all: {
    summary: 'returns every column whatever was selected',
    alsoBreaks: { 'table.unknown-column': 'no column is looked at, so none is unknown' },
    behaviour: editOption('$select', (columns) =>
      /^[a-z_,]+$/.test(columns) && columns.includes('state') ? undefined : columns,
    ),
  },
  single: {
    summary: 'returns all columns where one alone is selected',
    narrow: true,
    behaviour: editOption('$select', (select) => (select.includes(',') ? select : undefined)),
  },
  'next-page': {
    summary: 'returns every column from the second page on',
    narrow: true,
    behaviour: edit('request', (request) =>
      request.query.includes('skiptoken') ? editQuery(request, '$select', () => undefined) : request,
    ),
  },
});
