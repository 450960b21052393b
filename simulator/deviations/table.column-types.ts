import { editColumns } from '../decision-edits.ts';
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
});
