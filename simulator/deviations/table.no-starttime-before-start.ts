import { editColumns, showWhere } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  created: {
    summary: 'sets starttime when the operation is accepted',
    alsoBreaks: { 'table.filter': 'a waiting operation is no longer found by `starttime eq null`' },
    behaviour: editColumns(['starttime'], (column) => ({
      show: (o) => column.show?.(o) ?? new Date(o.createdOn).toISOString(),
    })),
  },
  callback: {
    summary: 'sets starttime on acceptance where a callback was asked for',
    narrow: true,
    behaviour: showWhere(
      ['starttime'],
      (o) => o.attempts === 0 && o.state === 0 && o.callbackUrl !== undefined,
      (o) => new Date(o.createdOn).toISOString(),
    ),
  },
});
