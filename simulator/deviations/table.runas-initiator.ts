import { editColumns, showWhere } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

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
