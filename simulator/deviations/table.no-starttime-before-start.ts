import { editColumns } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  created: {
    summary: 'sets starttime when the operation is accepted',
    behaviour: editColumns(['starttime'], (column) => ({
      show: (o) => column.show?.(o) ?? new Date(o.createdOn).toISOString(),
    })),
  },
});
