import { editColumns, showWhere } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  name: {
    summary: 'shows a name instead of the user’s id',
    alsoBreaks: { 'table.runas-initiator': 'the value is not the initiator’s' },
    behaviour: editColumns(['runas'], () => ({ read: () => 'CONTOSO\\svc' })),
  },
  retried: {
    summary: 'shows no user any more once an operation was retried',
    narrow: true,
    behaviour: showWhere(
      ['runas'],
      (o) => o.retryCount > 0,
      () => 'SYSTEM',
    ),
  },
  canceled: {
    summary: 'empties runas when an operation is canceled',
    narrow: true,
    behaviour: showWhere(
      ['runas'],
      (o) => o.canceled,
      () => null,
    ),
  },
  braces: {
    summary: 'shows the user in braces at the end',
    narrow: true,
    behaviour: showWhere(
      ['runas'],
      (o) => o.state === 3,
      (o) => `{${o.runAs}}`,
    ),
  },
});
