import { editColumns, showWhere } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  dates: {
    summary: 'shows modifiedon as a number',
    behaviour: editColumns(['modifiedon'], () => ({ show: (o) => o.modifiedOn })),
  },
  strings: {
    summary: 'shows retrycount and priority as strings',
    alsoBreaks: { 'ttl.default': 'the time to live is another one' },
    behaviour: editColumns(['ttlinseconds', 'priority'], (column) => ({
      show: (o) => String(column.read(o)),
    })),
  },
  ended: {
    summary: 'shows priority as a string at the end',
    narrow: true,
    behaviour: showWhere(
      ['priority'],
      (o) => o.state === 3,
      (o) => String(o.priority),
    ),
  },
  canceled: {
    summary: 'shows the error code as an empty string where there is none after a cancellation',
    alsoBreaks: {
      'sdk.retrieve': 'the organization service shows another value than the row',
      'table.error-columns': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: showWhere(
      ['errorcode'],
      (o) => o.status === 32,
      () => '',
    ),
  },
});
