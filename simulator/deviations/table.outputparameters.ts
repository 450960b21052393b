import { editRows } from '../edit.ts';
import { editColumns, edit, showWhere } from '../decision-edits.ts';
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
  negative: {
    summary: 'loses the sign of negative numbers in the row',
    narrow: true,
    behaviour: editColumns(['outputparameters'], (column) => ({
      show: (o) => {
        const text = column.read(o);
        return typeof text === 'string' ? text.replaceAll(/"Value":-/g, '"Value":') : text;
      },
    })),
  },
  digits: {
    summary: 'shows a text of digits as a number in the row',
    narrow: true,
    behaviour: editColumns(['outputparameters'], (column) => ({
      show: (o) => {
        const text = column.read(o);
        return typeof text === 'string'
          ? text.replaceAll(/"Value":"(\d{1,15})"/g, (_all, digits: string) => `"Value":${Number(digits)}`)
          : text;
      },
    })),
  },
  falsy: {
    summary: 'leaves out outputs that are zero, false or an empty text',
    narrow: true,
    behaviour: edit('columns', (columns, _choices, keyValues) =>
      columns.map((column) =>
        column.name === 'outputparameters'
          ? {
              ...column,
              show: (o) =>
                o.outputs === undefined ? null : keyValues(o.outputs.filter(({ Value }) => Boolean(Value))),
            }
          : column,
      ),
    ),
  },
  recovered: {
    summary: 'leaves outputparameters empty where success came after a retry',
    narrow: true,
    behaviour: showWhere(
      ['outputparameters'],
      (o) => o.status === 30 && o.retryCount > 0,
      () => null,
    ),
  },
  canceled: {
    summary: 'leaves outputparameters empty where a canceled operation succeeded',
    narrow: true,
    behaviour: showWhere(
      ['outputparameters'],
      (o) => o.status === 30 && o.canceled,
      () => null,
    ),
  },
  long: {
    summary: 'leaves outputparameters empty where they are longer than 1,024 characters',
    narrow: true,
    behaviour: editColumns(['outputparameters'], (column) => ({
      show: (o) => {
        const text = column.read(o);
        return typeof text === 'string' && text.length > 1_024 ? null : text;
      },
    })),
  },
  seconds: {
    summary: 'cuts the fraction of a second off dates in the row',
    narrow: true,
    behaviour: editColumns(['outputparameters'], (column) => ({
      show: (o) => {
        const text = column.read(o);
        return typeof text === 'string' ? text.replaceAll(/(T\d\d:\d\d:\d\d)\.\d+Z/g, '$1Z') : text;
      },
    })),
  },
  'recovered-numbers': {
    summary: 'shows another count in the row than in the monitor after a retry',
    narrow: true,
    behaviour: showWhere(
      ['outputparameters'],
      (o) => o.status === 30 && o.retryCount > 0,
      (o) =>
        JSON.stringify(
          (o.outputs ?? []).map(({ Key, Value }) => ({
            Key,
            Value: typeof Value === 'number' ? Value + 1 : Value,
          })),
        ),
    ),
  },
  moment: {
    summary: 'shows in the row the outputs of another operation that ended in the same millisecond',
    alsoBreaks: { 'sdk.retrieve': 'the organization service shows another value than the row' },
    narrow: true,
    behaviour: (contract) => {
      let last: { readonly at: number | undefined; readonly id: string } | undefined;
      const twin = new Map<string, string>();
      return {
        afterStep: (after, before, command, situation) => {
          const done = contract.afterStep(after, before, command, situation);
          if (command.kind !== 'succeed') return done;
          if (last?.at === done.endTime && last !== undefined) twin.set(done.id, last.id);
          last = { at: done.endTime, id: done.id };
          return done;
        },
        answer: (answer, request, about) => {
          const given = contract.answer(answer, request, about);
          const other = about.find(twin.get(about.operation?.id ?? '') ?? '');
          return about.resource === 'row-get' && other?.outputs !== undefined
            ? editRows(given, (row) =>
                'outputparameters' in row
                  ? { ...row, outputparameters: contract.keyValues(other.outputs ?? [], about.choices) }
                  : row,
              )
            : given;
        },
      };
    },
  },
  late: {
    summary: 'writes the outputs a millisecond after the status',
    alsoBreaks: { 'table.etag-conditional': 'the row changes and keeps its tag' },
    narrow: true,
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'row-get' && about.operation?.endTime === about.now
        ? editRows(answer, (row) => ('outputparameters' in row ? { ...row, outputparameters: null } : row))
        : answer,
    ),
  },
  backslash: {
    summary: 'loses the backslashes of outputs in the row',
    alsoBreaks: {
      'table.inputparameters': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: edit('keyValues', (list) => list.replaceAll(/\\\\/g, '')),
  },
  midnight: {
    summary: 'shows a date at midnight as the day alone in the row',
    narrow: true,
    behaviour: edit('keyValues', (list) => list.replaceAll(/(\d{4}-\d\d-\d\d)T00:00:00(?:\.0+)?Z/g, '$1')),
  },
  leap: {
    summary: 'shows the 29th of February as the 1st of March in the row',
    narrow: true,
    behaviour: edit('keyValues', (list) => list.replaceAll(/(\d{4})-02-29T/g, '$1-03-01T')),
  },
  nul: {
    summary: 'cuts a text at U+0000 in the row',
    alsoBreaks: {
      'table.inputparameters': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: edit('keyValues', (list) => list.replaceAll(/\\u0000(?:[^"\\]|\\.)*/g, '')),
  },
});
