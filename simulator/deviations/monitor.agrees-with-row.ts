import { editRows } from '../edit.ts';
import { members } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  'message-cut': {
    summary: 'cuts the error message in the monitor at its first line',
    alsoBreaks: {
      'sdk.retrieve': 'the same operation, seen through the organization service',
      'error.message': 'the monitor’s message is not the whole',
      'error.same-everywhere': 'the other resources have the whole message',
    },
    behaviour: edit('monitor', (monitor, operation) => {
      const message = operation.errorMessage?.split(/[.\n]/, 1)[0];
      return message === undefined ? monitor : { ...monitor, [members.errorMessage]: message };
    }),
  },
  'recovered-error': {
    summary: 'keeps the error of a recovered operation in the monitor and clears it in the row',
    choices: { errorAfterRecovery: true },
    behaviour: edit('columns', (columns) =>
      columns.map((column) => {
        if (column.name !== 'errorcode' && column.name !== 'errormessage') return column;
        return { ...column, read: (row) => (row.status === 30 ? null : column.read(row)) };
      }),
    ),
  },
  delivering: {
    summary: 'writes the end into the row only when callback and event were answered',
    narrow: true,
    behaviour: (contract) => {
      const open = new Map<string, number>();
      return {
        outbound: (request, about) => {
          const id = about.operation?.id ?? '';
          if (request.purpose !== 'probe') open.set(id, (open.get(id) ?? 0) + 1);
          return contract.outbound(request, about);
        },
        redeliverAfter: (status, delivery, o, situation) => {
          open.set(o.id, (open.get(o.id) ?? 1) - 1);
          return contract.redeliverAfter(status, delivery, o, situation);
        },
        answer: (answer, request, about) => {
          const given = contract.answer(answer, request, about);
          return about.resource === 'row-get' && (open.get(about.operation?.id ?? '') ?? 0) > 0
            ? editRows(given, (row) => ({
                ...row,
                backgroundoperationstatecode: 2,
                backgroundoperationstatuscode: about.operation?.canceled === true ? 22 : 20,
                outputparameters: null,
                endtime: null,
              }))
            : given;
        },
      };
    },
  },
});
