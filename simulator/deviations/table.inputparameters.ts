import { editColumns } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  first: {
    summary: 'keeps the first input only',
    alsoBreaks: { 'retry.same-operation': 'operations are looked for by their inputs' },
    behaviour: editColumns(['inputparameters'], (_column, keyValues) => ({
      read: (o) => keyValues(o.inputs.slice(0, 1)),
    })),
  },
  'lower-case': {
    summary: 'writes key and value in lower case',
    behaviour: editColumns(['inputparameters'], () => ({
      read: (o) => JSON.stringify(o.inputs.map(({ Key, Value }) => ({ key: Key, value: Value }))),
    })),
  },
  object: {
    summary: 'keeps the inputs as one object instead of pairs',
    behaviour: editColumns(['inputparameters'], () => ({
      read: (o) => JSON.stringify(Object.fromEntries(o.inputs.map(({ Key, Value }) => [Key, Value]))),
    })),
  },
  trimmed: {
    summary: 'trims white space off inputs',
    behaviour: editColumns(['inputparameters'], (_column, keyValues) => ({
      read: (o) =>
        keyValues(
          o.inputs.map((input) => ({
            ...input,
            Value: typeof input.Value === 'string' ? input.Value.trim() : input.Value,
          })),
        ),
    })),
  },
  truncated: {
    summary: 'cuts long inputs',
    behaviour: editColumns(['inputparameters'], (_column, keyValues) => ({
      read: (o) =>
        keyValues(
          o.inputs.map((input) => ({
            ...input,
            Value: typeof input.Value === 'string' ? input.Value.slice(0, 4_000) : input.Value,
          })),
        ),
    })),
  },
});
