import { pairs } from '../../contract/vocabulary.ts';
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
});
