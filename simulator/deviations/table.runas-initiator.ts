import { edit, editColumns, showWhere } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editRows } from '../edit.ts';

export default defineDeviations({
  system: {
    summary: 'runs everything as one system user',
    behaviour: editColumns(['runas'], () => ({ read: () => '11111111-2222-4333-8444-555555555555' })),
  },
  retry: {
    summary: 'makes retries, and shows them, as another user',
    narrow: true,
    behaviour: showWhere(
      ['runas'],
      (o) => o.attempts > 2,
      () => '11111111-1111-4111-8111-111111111111',
    ),
  },
  reader: {
    summary: 'shows as runas who reads the row',
    narrow: true,
    behaviour: edit('answer', (answer, _request, { resource, user }) =>
      resource === 'row-get' && user !== undefined
        ? editRows(answer, (row) => ('runas' in row ? { ...row, runas: user.id } : row))
        : answer,
    ),
  },
  canceler: {
    summary: 'shows as runas who canceled',
    narrow: true,
    behaviour: showWhere(
      ['runas'],
      (o) => o.canceled && o.modifiedBy !== o.runAs,
      (o) => o.modifiedBy,
    ),
  },
});
