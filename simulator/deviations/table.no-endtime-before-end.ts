import { editColumns, showWhere } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  attempt: {
    summary: 'sets endtime while the operation still runs',
    alsoBreaks: {
      'table.filter': 'a running operation is found by `endtime ne null`, and no longer by `endtime eq null`',
    },
    behaviour: editColumns(['endtime'], (column) => ({
      show: (o) =>
        o.startTime === undefined
          ? null
          : (column.show?.(o) ?? new Date(o.startTime + 120_000).toISOString()),
    })),
  },
  canceling: {
    summary: 'sets endtime when a running operation is canceled',
    narrow: true,
    behaviour: showWhere(
      ['endtime'],
      (o) => o.canceled && o.executing,
      (o) => new Date(o.modifiedOn).toISOString(),
    ),
  },
  between: {
    summary: 'sets endtime while a retry is awaited',
    narrow: true,
    behaviour: showWhere(
      ['endtime'],
      (o) => !o.executing && o.attempts > 0 && o.state !== 3,
      (o) => new Date(o.modifiedOn).toISOString(),
    ),
  },
  third: {
    summary: 'sets endtime when the third attempt starts',
    narrow: true,
    behaviour: showWhere(
      ['endtime'],
      (o) => o.executing && o.attempts === 3,
      (o) => new Date(o.modifiedOn).toISOString(),
    ),
  },
});
