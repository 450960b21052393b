import { editColumns, showWhere } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  display: {
    summary: 'shows the display name as name',
    alsoBreaks: { 'table.filter': 'a row is found by a value that the contract does not give it' },
    behaviour: editColumns(['name'], () => ({ read: (o) => o.displayName })),
  },
  failed: {
    summary: 'shows the display name as name of an operation that failed',
    behaviour: editColumns(['name'], () => ({ read: (o) => (o.status === 31 ? o.displayName : o.name) })),
  },
  lower: {
    summary: 'shows the name in lower case',
    behaviour: editColumns(['name'], () => ({ read: (o) => o.name.toLowerCase() })),
  },
  canceled: {
    summary: 'shows the display name as name once an operation is canceled',
    narrow: true,
    behaviour: showWhere(
      ['name'],
      (o) => o.canceled,
      (o) => o.displayName,
    ),
  },
  retried: {
    summary: 'appends the number of the retry to the name',
    narrow: true,
    behaviour: showWhere(
      ['name'],
      (o) => o.retryCount > 0,
      (o) => `${o.name} (${o.retryCount})`,
    ),
  },
});
