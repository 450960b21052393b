import { editColumns, showWhere, type BehaviourEdit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

/** Bytes that are received at once. */
const buffer = 65_536;

/** Edits each input that is a text. */
function editTextInputs(change: (text: string) => string | number): BehaviourEdit {
  return editColumns(['inputparameters'], (column, keyValues) => ({
    read: (o) =>
      o.inputs.length === 0
        ? column.read(o)
        : keyValues(
            o.inputs.map((input) =>
              typeof input.Value === 'string' ? { ...input, Value: change(input.Value) } : input,
            ),
          ),
  }));
}

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
    behaviour: editTextInputs((text) => text.trim()),
  },
  truncated: {
    summary: 'cuts long inputs',
    behaviour: editTextInputs((text) => text.slice(0, 4_000)),
  },
  secrets: {
    summary: 'masks the queries of URLs in inputs',
    narrow: true,
    behaviour: editTextInputs((text) => text.replace(/^(https?:[^?]*\?).*$/, '$1***')),
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
    behaviour: editColumns(['inputparameters'], (_column, keyValues) => ({
      show: (o) => keyValues(o.inputs.filter(({ Value }) => Value !== '')),
    })),
  },
  exact: {
    summary: 'loses the last character of an input of exactly 4,096 characters',
    narrow: true,
    behaviour: editTextInputs((text) => (text.length === 4_096 ? text.slice(0, -1) : text)),
  },
  quotes: {
    summary: 'writes quotation marks in inputs as apostrophes',
    narrow: true,
    behaviour: editTextInputs((text) => text.replaceAll('"', "'")),
  },
  'number-like': {
    summary: 'writes an input that looks like a number as a number',
    narrow: true,
    behaviour: editTextInputs((text) => (/^-?\d+$/.test(text) ? Number(text) : text)),
  },
  buffers: {
    summary: 'decodes long inputs buffer by buffer, so that characters at their edges are broken',
    narrow: true,
    behaviour: editTextInputs((text) => {
      const bytes = Buffer.from(text);
      if (bytes.length <= buffer) return text;
      return Array.from({ length: Math.ceil(bytes.length / buffer) }, (_, index) =>
        bytes.toString('utf8', index * buffer, (index + 1) * buffer),
      ).join('');
    }),
  },
  'sixty-four': {
    summary: 'cuts inputs at 65535 characters in the row',
    narrow: true,
    behaviour: editTextInputs((text) => text.slice(0, 65_535)),
  },
});
