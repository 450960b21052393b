import { withJson } from '../edit.ts';
import { pairs } from '../../contract/vocabulary.ts';
import { watchDeliveries } from '../delivery-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  both: {
    summary: 'executes what was canceled before it started, and calls it canceled in the end',
    alsoBreaks: {
      'sdk.cancel': 'the same cancellation, asked for through the organization service',
      'cancel.before-start-never-executes': 'what was canceled is executed',
    },
    behaviour: (contract) => ({
      begins: (operation, situation) => operation.attempts === 0 || contract.begins(operation, situation),
      succeeded: (operation, situation) =>
        operation.canceled ? pairs.canceled : contract.succeeded(operation, situation),
    }),
  },
  delivering: {
    summary: 'accepts a cancellation while callback or event are being delivered, and shows it',
    alsoBreaks: {
      'cancel.terminal-refused-delete': 'the same mistake is seen there as well',
      'state.failed': 'the same mistake is seen there as well',
      'state.succeeded': 'the same mistake is seen there as well',
      'retry.recovers': 'the same mistake is seen there as well',
      'state.terminal-is-final': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: (contract) => {
      const { isDelivering, ...watching } = watchDeliveries(contract);
      const canceled = new Set<string>();
      return {
        ...watching,
        answer: (answer, request, about) => {
          const given = contract.answer(answer, request, about);
          const { before, resource } = about;
          if (resource !== 'monitor-delete' || before?.state !== 3 || !isDelivering(before.id)) return given;
          canceled.add(before.id);
          return withJson(given, 200, { backgroundOperationStateCode: 2, backgroundOperationStatusCode: 22 });
        },
        monitor: (o, situation) =>
          contract.monitor(canceled.has(o.id) ? { ...o, status: 32, outputs: undefined } : o, situation),
      };
    },
  },
  success: {
    summary: 'shows as canceled what somebody tried to cancel in the millisecond of its success',
    alsoBreaks: {
      'state.succeeded': 'the same mistake is seen there as well',
      'retry.recovers': 'the same mistake is seen there as well',
      'state.terminal-is-final': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: (contract) => {
      const tried = new Set<string>();
      return {
        answer: (answer, request, about) => {
          const { before, resource, now } = about;
          if (resource === 'monitor-delete' && before?.status === 30 && before.endTime === now)
            tried.add(before.id);
          return contract.answer(answer, request, about);
        },
        monitor: (o, situation) =>
          contract.monitor(tried.has(o.id) ? { ...o, status: 32, outputs: undefined } : o, situation),
      };
    },
  },
});
