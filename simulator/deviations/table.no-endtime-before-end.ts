import { editColumns } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  attempt: {
    summary: 'sets endtime while the operation still runs',
    behaviour: editColumns(['endtime'], (column) => ({
      show: (o) =>
        o.startTime === undefined
          ? null
          : (column.show?.(o) ?? new Date(o.startTime + 120_000).toISOString()),
    })),
  },
});
