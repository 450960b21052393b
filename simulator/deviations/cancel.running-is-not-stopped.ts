import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  killed: {
    summary: 'ends a running attempt as soon as it is canceled',
    alsoBreaks: {
      'sdk.cancel': 'the same cancellation, asked for through the organization service',
      'table.order-top-count': 'rows stand where the contract’s values would not put them',
      'table.filter': 'a row is found by a value that the contract does not give it',
      'callback.after-completion': 'a callback comes before the end',
    },
    behaviour: () => ({ cancelStops: () => true }),
  },
  terminal: {
    summary: 'shows a canceled operation as canceled at once, while its attempt still runs',
    alsoBreaks: {
      'sdk.cancel-terminal': 'what is shown right after a late Update is no more true than before it',
      'callback.codes': 'the codes of the callback are not those that were shown before',

      'sdk.cancel': 'the same cancellation, asked for through the organization service',
      'state.terminal-is-final': 'what was final changes by it',
      'event.outputs': 'the codes in the context are not those of the end',
      'cancel.ways-are-equal': 'the two ways end differently by it',
      'cancel.terminal-refused-patch': 'the operation shows an end that it has not reached',
      'cancel.terminal-changes-nothing': 'what an operation shows at its end is not its end',
      'cancel.terminal-refused-delete': 'the operation shows an end that it has not reached',
      'cancel.race': 'of a race the canceled side is seen with the wrong end',
    },
    behaviour: (contract) => ({
      monitor: (operation, situation) =>
        contract.monitor(
          operation.canceled && operation.executing ? { ...operation, state: 3, status: 32 } : operation,
          situation,
        ),
    }),
  },
  twice: {
    summary: 'shows as canceled at once what is canceled a second time while its attempt runs',
    narrow: true,
    behaviour: (contract) => {
      const twice = new Set<string>();
      return {
        answer: (answer, request, about) => {
          const { resource, before } = about;
          if (
            (resource === 'monitor-delete' || resource === 'row-patch') &&
            before?.canceled === true &&
            answer.status < 300
          )
            twice.add(before.id);
          return contract.answer(answer, request, about);
        },
        monitor: (o, situation) =>
          contract.monitor(o.executing && twice.has(o.id) ? { ...o, state: 3, status: 32 } : o, situation),
      };
    },
  },
});
