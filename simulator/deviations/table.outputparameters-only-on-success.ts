import { editColumns } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  'empty-text': {
    summary: 'shows an output without a value where there is none',
    behaviour: editColumns(['outputparameters'], (column, keyValues) => ({
      read: (o) =>
        o.outputs === undefined ? keyValues([{ Key: 'Text', Value: null, type: 'String' }]) : column.read(o),
    })),
  },
});
