import { editRows } from '../edit.ts';
import { editColumns, showWhere, edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  null: {
    summary: 'leaves the error columns empty after a failure',
    alsoBreaks: {
      'sdk.retrieve': 'the same operation, seen through the organization service',
      'retry.last-error': 'the message at the end is not that of the last error',
    },
    behaviour: editColumns(['errorcode', 'errormessage'], () => ({ read: () => null })),
  },
  zero: {
    summary: 'shows the code zero and an empty message where there was no error',
    alsoBreaks: {
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
      'monitor.agrees-with-row': 'monitor and row differ by it',
    },
    behaviour: editColumns(['errorcode', 'errormessage'], (column) => ({
      read: (o) => column.read(o) ?? (column.name === 'errorcode' ? 0 : ''),
    })),
  },
  platform: {
    summary: 'leaves errormessage empty after an error of the platform',
    narrow: true,
    behaviour: showWhere(
      ['errormessage'],
      (o) => o.status === 31 && (o.errorCode ?? 0) !== 0,
      () => null,
    ),
  },
  canceled: {
    summary: 'leaves the error columns empty where a canceled operation failed',
    narrow: true,
    behaviour: showWhere(
      ['errorcode', 'errormessage'],
      (o) => o.canceled && o.status === 31,
      () => null,
    ),
  },
  running: {
    summary: 'shows the code zero while the first attempt runs',
    narrow: true,
    behaviour: showWhere(
      ['errorcode'],
      (o) => o.executing && o.attempts === 1,
      () => 0,
    ),
  },
  'canceled-waiting': {
    summary: 'tells of a cancellation in errormessage',
    narrow: true,
    behaviour: showWhere(
      ['errormessage'],
      (o) => o.canceled && o.attempts === 0,
      () => 'The operation was canceled.',
    ),
  },
  late: {
    summary: 'writes the error a millisecond after the status',
    alsoBreaks: { 'table.etag-conditional': 'the row changes and keeps its tag' },
    narrow: true,
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'row-get' && about.operation?.endTime === about.now
        ? editRows(answer, (row) =>
            'errormessage' in row ? { ...row, errorcode: null, errormessage: null } : row,
          )
        : answer,
    ),
  },
  delivery: {
    summary: 'notes in errormessage that a callback could not be delivered',
    alsoBreaks: {
      'table.etag-conditional': 'the row changes and keeps its tag',
      'sdk.retrieve': 'the organization service shows another value than the row',
    },
    narrow: true,
    behaviour: (contract) => {
      const down = new Set<string>();
      return {
        redeliverAfter: (status, delivery, o, situation) => {
          if (status === undefined || status >= 300) down.add(o.id);
          return contract.redeliverAfter(status, delivery, o, situation);
        },
        answer: (answer, request, about) => {
          const given = contract.answer(answer, request, about);
          return about.resource === 'row-get' && down.has(about.operation?.id ?? '')
            ? editRows(given, (row) =>
                row.errormessage === null ? { ...row, errormessage: 'The callback failed.' } : row,
              )
            : given;
        },
      };
    },
  },
});
