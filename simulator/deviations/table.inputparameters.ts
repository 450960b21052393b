import { editColumns, edit, showWhere } from '../decision-edits.ts';
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
  ended: {
    summary: 'throws the inputs away when an operation has failed',
    narrow: true,
    behaviour: showWhere(
      ['inputparameters'],
      (o) => o.status === 31,
      () => null,
    ),
  },
  canceled: {
    summary: 'throws the inputs away when an operation is canceled before it starts',
    narrow: true,
    behaviour: showWhere(
      ['inputparameters'],
      (o) => o.canceled && o.attempts === 0,
      () => null,
    ),
  },
  retried: {
    summary: 'shows the first input only once an operation is retried',
    narrow: true,
    behaviour: showWhere(
      ['inputparameters'],
      (o) => o.retryCount > 1,
      (o) => JSON.stringify(o.inputs.slice(0, 1).map(({ Key, Value }) => ({ Key, Value }))),
    ),
  },
  control: {
    summary: 'leaves control characters out of inputs',
    narrow: true,
    behaviour: editColumns(['inputparameters'], (column) => ({
      show: (o) => String(column.read(o)).replaceAll(/\\u00[01][0-9a-f]/g, ''),
    })),
  },
  'line-ends': {
    summary: 'writes line ends in inputs as line feeds',
    narrow: true,
    behaviour: editColumns(['inputparameters'], (column) => ({
      show: (o) => String(column.read(o)).replaceAll('\\r\\n', '\\n'),
    })),
  },
  composed: {
    summary: 'composes the characters of inputs (Unicode NFC)',
    narrow: true,
    behaviour: editColumns(['inputparameters'], (column) => ({
      show: (o) => String(column.read(o)).normalize('NFC'),
    })),
  },
  'empty-text': {
    summary: 'leaves out inputs that are an empty text',
    narrow: true,
    behaviour: edit('columns', (columns, _choices, keyValues) =>
      columns.map((column) =>
        column.name === 'inputparameters'
          ? { ...column, show: (o) => keyValues(o.inputs.filter(({ Value }) => Value !== '')) }
          : column,
      ),
    ),
  },
  exact: {
    summary: 'loses the last character of an input of exactly 4,096 characters',
    narrow: true,
    behaviour: editColumns(['inputparameters'], (column, keyValues) => ({
      read: (o) =>
        o.inputs.length === 0
          ? column.read(o)
          : keyValues(
              o.inputs.map((each) =>
                typeof each.Value === 'string' && each.Value.length === 4_096
                  ? { ...each, Value: each.Value.slice(0, -1) }
                  : each,
              ),
            ),
    })),
  },
  quotes: {
    summary: 'writes quotation marks in inputs as apostrophes',
    narrow: true,
    behaviour: editColumns(['inputparameters'], (column, keyValues) => ({
      read: (o) =>
        o.inputs.length === 0
          ? column.read(o)
          : keyValues(
              o.inputs.map((each) =>
                typeof each.Value === 'string' ? { ...each, Value: each.Value.replaceAll('"', "'") } : each,
              ),
            ),
    })),
  },
  'number-like': {
    summary: 'writes an input that looks like a number as a number',
    narrow: true,
    behaviour: editColumns(['inputparameters'], (column, keyValues) => ({
      read: (o) =>
        o.inputs.length === 0
          ? column.read(o)
          : keyValues(
              o.inputs.map((each) =>
                typeof each.Value === 'string' && /^-?\d+$/.test(each.Value)
                  ? { ...each, Value: Number(each.Value) }
                  : each,
              ),
            ),
    })),
  },
});
