import type { Operation } from '../core/operation.ts';
import { editRows } from '../edit.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  fails: {
    summary: 'shows an operation as failed when its callback could not be delivered',
    alsoBreaks: {
      'state.canceled': 'what was canceled is shown as failed',
      'state.succeeded': 'what succeeded is shown as failed',
      'retry.recovers': 'what recovered is shown as failed',
      'callback.codes': 'the callback had told of the right end',
      'event.outputs': 'the event had told of the right end',

      'state.terminal-is-final': 'reads show success first, and failure once the delivery was given up',
    },
    behaviour: (contract) => {
      const down = new Set<string>();
      return {
        redeliverAfter: (status, delivery, operation, situation) => {
          if (status === undefined || status >= 300) down.add(operation.id);
          return contract.redeliverAfter(status, delivery, operation, situation);
        },
        monitor: (operation, situation) =>
          contract.monitor(
            down.has(operation.id) ? { ...operation, status: 31, outputs: undefined } : operation,
            situation,
          ),
      };
    },
  },
  count: {
    summary: 'counts a callback that could not be delivered as a retry',
    narrow: true,
    behaviour: (contract) => {
      const down = new Set<string>();
      return {
        redeliverAfter: (status, delivery, o, situation) => {
          if (status === undefined || status >= 300) down.add(o.id);
          return contract.redeliverAfter(status, delivery, o, situation);
        },
        columns: (choices, keyValues) =>
          contract
            .columns(choices, keyValues)
            .map((column) =>
              column.name === 'retrycount'
                ? { ...column, read: (o: Operation) => o.retryCount + (down.has(o.id) ? 1 : 0) }
                : column,
            ),
      };
    },
  },
  message: {
    summary: 'notes in errormessage that a callback could not be delivered',
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
  endtime: {
    summary: 'writes the time of the failed delivery as endtime',
    narrow: true,
    behaviour: (contract) => {
      const down = new Map<string, number>();
      return {
        redeliverAfter: (status, delivery, o, situation) => {
          if (status === undefined || status >= 300) down.set(o.id, situation.now);
          return contract.redeliverAfter(status, delivery, o, situation);
        },
        answer: (answer, request, about) => {
          const given = contract.answer(answer, request, about);
          const at = down.get(about.operation?.id ?? '');
          return about.resource === 'row-get' && at !== undefined
            ? editRows(given, (row) =>
                'endtime' in row ? { ...row, endtime: new Date(at + 60_000).toISOString() } : row,
              )
            : given;
        },
      };
    },
  },
});
