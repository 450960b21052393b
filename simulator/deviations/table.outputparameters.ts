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
    alsoBreaks: {
      'sdk.retrieve': 'the same operation, seen through the organization service',
      'monitor.agrees-with-row': 'monitor and row differ by it',
    },
    behaviour: editColumns(['outputparameters'], () => ({ read: () => null })),
  },
  object: {
    summary: 'keeps the outputs as one object instead of pairs',
    alsoBreaks: { 'sdk.retrieve': 'the same operation, seen through the organization service' },
    behaviour: editColumns(['outputparameters'], () => ({
      read: (o) =>
        o.outputs === undefined
          ? null
          : JSON.stringify(Object.fromEntries(o.outputs.map(({ Key, Value }) => [Key, Value]))),
    })),
  },
});
