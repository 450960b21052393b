import { members } from '../../contract/vocabulary.ts';
import { edit, monitorWhere } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editOutputs } from '../edit.ts';

const own = new Set<string>(Object.values(members));

export default defineDeviations({
  'basic-plane': {
    summary: 'replaces characters beyond the basic plane',
    alsoBreaks: { 'monitor.agrees-with-row': 'the row keeps those characters' },
    behaviour: edit('monitor', (monitor) =>
      editOutputs(monitor, (value) =>
        typeof value === 'string' ? value.replace(/[\u{10000}-\u{10FFFF}]/gu, '\uFFFD') : value,
      ),
    ),
  },
  'camel-case': {
    summary: 'begins the names of outputs in lower case',
    alsoBreaks: {
      'sdk.same-operation': 'the same operation, seen through the organization service',
      'retry.recovers': 'the outcome of the retry is lost',
    },
    behaviour: edit('monitor', (monitor) =>
      Object.fromEntries(
        Object.entries(monitor).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
      ),
    ),
  },
  cut: {
    summary: 'cuts texts at 4000 characters',
    behaviour: edit('monitor', (monitor) =>
      editOutputs(monitor, (value) => (typeof value === 'string' ? value.slice(0, 4000) : value)),
    ),
  },
  escaped: {
    summary: 'escapes texts as if they stood in markup',
    behaviour: edit('monitor', (monitor) =>
      editOutputs(monitor, (value) =>
        typeof value === 'string' ? value.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : value,
      ),
    ),
  },
  'falsy-dropped': {
    summary: 'drops outputs that are 0, false or empty',
    alsoBreaks: { 'monitor.agrees-with-row': 'the row has the outputs that are 0 or false' },
    behaviour: edit('monitor', (monitor) =>
      Object.fromEntries(Object.entries(monitor).filter(([name, value]) => own.has(name) || Boolean(value))),
    ),
  },
  'key-value': {
    summary: 'shows the outputs as the text of the row’s column',
    alsoBreaks: {
      'sdk.same-operation': 'the same operation, seen through the organization service',
      'retry.recovers': 'the outcome of the retry is lost',
    },
    behaviour: (contract) => ({
      monitor: (operation, situation) => {
        const shown = contract.monitor(operation, situation);
        const { outputs } = operation;
        if (outputs === undefined) return shown;
        const others = Object.entries(shown).filter(([name]) => own.has(name));
        return {
          ...Object.fromEntries(others),
          outputparameters: contract.keyValues(outputs, situation.choices),
        };
      },
    }),
  },
  nested: {
    summary: 'puts the outputs into an object of their own',
    alsoBreaks: {
      'sdk.same-operation': 'the same operation, seen through the organization service',
      'retry.recovers': 'the outcome of the retry is lost',
    },
    behaviour: edit('monitor', (monitor) => {
      const outputs = Object.entries(monitor).filter(([name]) => !own.has(name));
      const others = Object.entries(monitor).filter(([name]) => own.has(name));
      return {
        ...Object.fromEntries(others),
        ...(outputs.length > 0 ? { outputs: Object.fromEntries(outputs) } : {}),
      };
    }),
  },
  normalized: {
    summary: 'composes letters with their accents',
    behaviour: edit('monitor', (monitor) =>
      editOutputs(monitor, (value) => (typeof value === 'string' ? value.normalize('NFC') : value)),
    ),
  },
  trimmed: {
    summary: 'trims texts',
    behaviour: edit('monitor', (monitor) =>
      editOutputs(monitor, (value) => (typeof value === 'string' ? value.trim() : value)),
    ),
  },
  falsy: {
    summary: 'leaves out outputs that are zero, false or an empty text',
    narrow: true,
    behaviour: monitorWhere(
      (o) => o.status === 30,
      (_shown, o, contract) => contract({ ...o, outputs: o.outputs?.filter(({ Value }) => Boolean(Value)) }),
    ),
  },
  'byte-order-mark': {
    summary: 'takes a byte order mark off the beginning of a text',
    narrow: true,
    behaviour: monitorWhere(
      (o) => o.status === 30,
      (shown) =>
        editOutputs(shown, (value) => (typeof value === 'string' ? value.replace(/^\uFEFF/u, '') : value)),
    ),
  },
  composed: {
    summary: 'composes the characters of outputs (Unicode NFC)',
    narrow: true,
    behaviour: monitorWhere(
      (o) => o.status === 30,
      (shown) => editOutputs(shown, (value) => (typeof value === 'string' ? value.normalize('NFC') : value)),
    ),
  },
  long: {
    summary: 'cuts a text of more than 4,096 characters',
    narrow: true,
    behaviour: monitorWhere(
      (o) => o.status === 30,
      (shown) => editOutputs(shown, (value) => (typeof value === 'string' ? value.slice(0, 4_096) : value)),
    ),
  },
  canceled: {
    summary: 'shows no outputs where a canceled operation succeeded',
    alsoBreaks: {
      'retry.recovers': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: monitorWhere(
      (o) => o.status === 30 && o.canceled,
      (_shown, o, contract) => contract({ ...o, outputs: undefined }),
    ),
  },
  smallest: {
    summary: 'shows the smallest whole number as the greatest',
    narrow: true,
    behaviour: monitorWhere(
      (o) => o.status === 30,
      (shown) => editOutputs(shown, (value) => (value === -2_147_483_648 ? 2_147_483_647 : value)),
    ),
  },
  seconds: {
    summary: 'cuts the fraction of a second off dates',
    narrow: true,
    behaviour: monitorWhere(
      (o) => o.status === 30,
      (shown) =>
        editOutputs(shown, (value) =>
          typeof value === 'string'
            ? value.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d+Z$/, '$1Z')
            : value,
        ),
    ),
  },
  summer: {
    summary: 'shows dates of the summer an hour late',
    narrow: true,
    behaviour: monitorWhere(
      (o) => o.status === 30,
      (shown) =>
        editOutputs(shown, (value) =>
          typeof value === 'string' && /^\d{4}-0[4-9]-\d\dT[\d:.]+Z$/.test(value)
            ? new Date(Date.parse(value) + 3_600_000).toISOString()
            : value,
        ),
    ),
  },
  'same-moment': {
    summary: 'shows the outputs of another operation that ended in the same millisecond',
    narrow: true,
    alsoBreaks: {
      'monitor.own-outputs': 'the outputs are those of another operation',
    },
    behaviour: edit('monitor', (shown, o, situation) => {
      if (o.status !== 30) return shown;
      const twin = [...situation.all()].find(
        (each) => each.endTime === o.endTime && each.status === 30 && each.outputs !== undefined,
      );
      return twin === undefined || twin.id === o.id
        ? shown
        : { ...shown, ...Object.fromEntries((twin.outputs ?? []).map(({ Key, Value }) => [Key, Value])) };
    }),
  },
  xml: {
    summary: 'replaces characters that XML does not allow',
    narrow: true,
    behaviour: edit('monitor', (shown) =>
      editOutputs(shown, (value) =>
        typeof value === 'string'
          ? value.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '?')
          : value,
      ),
    ),
  },
  exact: {
    summary: 'loses the last character of a text of exactly 1,024 characters',
    narrow: true,
    behaviour: edit('monitor', (shown) =>
      editOutputs(shown, (value) =>
        typeof value === 'string' && value.length === 1_024 ? value.slice(0, -1) : value,
      ),
    ),
  },
  surrogate: {
    summary: 'cuts a text of more than 2,048 UTF-16 units',
    narrow: true,
    behaviour: edit('monitor', (shown) =>
      editOutputs(shown, (value) => (typeof value === 'string' ? value.slice(0, 2_048) : value)),
    ),
  },
  guid: {
    summary: 'shows the empty GUID as an empty text',
    narrow: true,
    behaviour: edit('monitor', (shown) =>
      editOutputs(shown, (value) => (value === '00000000-0000-0000-0000-000000000000' ? '' : value)),
    ),
  },
  'line-ends': {
    summary: 'writes line ends in texts as line feeds',
    narrow: true,
    behaviour: edit('monitor', (shown) =>
      editOutputs(shown, (value) => (typeof value === 'string' ? value.replaceAll('\r\n', '\n') : value)),
    ),
  },
  decimals: {
    summary: 'rounds decimal numbers to four places',
    narrow: true,
    behaviour: edit('monitor', (shown) =>
      editOutputs(shown, (value) =>
        typeof value === 'number' && !Number.isInteger(value) ? Math.round(value * 10_000) / 10_000 : value,
      ),
    ),
  },
  decimal: {
    summary: 'shows numbers beyond seven digits rounded, as a float of 32 bits has them',
    narrow: true,
    behaviour: edit('monitor', (shown) =>
      editOutputs(shown, (value) =>
        typeof value === 'number' && !Number.isInteger(value) ? Math.fround(value) : value,
      ),
    ),
  },
  nul: {
    summary: 'cuts a text at U+0000',
    narrow: true,
    behaviour: edit('monitor', (shown) =>
      editOutputs(shown, (value) => (typeof value === 'string' ? (value.split('\0')[0] ?? '') : value)),
    ),
  },
  'seconds-32': {
    summary: 'keeps dates as seconds since 1970 in 32 bits',
    narrow: true,
    behaviour: edit('monitor', (shown) => ({
      ...shown,
      ...(typeof shown.When === 'string' && Math.abs(Date.parse(shown.When)) >= 2 ** 31 * 1000
        ? { When: new Date(((Date.parse(shown.When) / 1000) | 0) * 1000).toISOString() }
        : {}),
    })),
  },
  parsed: {
    summary: 'shows a text that is JSON as what it says',
    narrow: true,
    behaviour: edit('monitor', (shown) =>
      editOutputs(shown, (value) => {
        try {
          return typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
        } catch {
          return value;
        }
      }),
    ),
  },
  'date-like': {
    summary: 'writes a text that looks like a date as dates are written',
    narrow: true,
    behaviour: edit('monitor', (shown, o) => {
      const dates = new Set((o.outputs ?? []).filter(({ type }) => type === 'String').map(({ Key }) => Key));
      return Object.fromEntries(
        Object.entries(shown).map(([name, value]) => [
          name,
          dates.has(name) && typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z?$/.test(value)
            ? new Date(value).toISOString()
            : value,
        ]),
      );
    }),
  },
});
