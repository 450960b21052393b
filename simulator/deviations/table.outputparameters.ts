import { editColumns } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  latin: {
    summary: 'keeps the lower byte of each character',
    behaviour: editColumns(['outputparameters'], (_column, keyValues) => ({
      read: (o) =>
        o.outputs === undefined ? null : Buffer.from(keyValues(o.outputs), 'latin1').toString('latin1'),
    })),
  },
  null: {
    summary: 'leaves outputparameters empty',
    alsoBreaks: { 'monitor.agrees-with-row': 'monitor and row differ by it' },
    behaviour: editColumns(['outputparameters'], () => ({ read: () => null })),
  },
  object: {
    summary: 'keeps the outputs as one object instead of pairs',
    behaviour: editColumns(['outputparameters'], () => ({
      read: (o) =>
        o.outputs === undefined
          ? null
          : JSON.stringify(Object.fromEntries(o.outputs.map(({ Key, Value }) => [Key, Value]))),
    })),
  },
});
