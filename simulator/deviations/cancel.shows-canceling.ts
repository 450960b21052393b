import { editRows } from '../edit.ts';
import { pairs } from '../../contract/vocabulary.ts';
import { edit, monitorWhere, showWhere } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  'in-progress': {
    summary: 'goes on showing a canceled operation as in progress',
    alsoBreaks: {
      'sdk.cancel': 'the same cancellation, asked for through the organization service',
      'state.executing': 'what is shown during the attempt is not in progress any more',
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
    },
    behaviour: (contract) => ({
      canceling: (operation, situation) =>
        operation.executing ? pairs.inProgress : contract.canceling(operation, situation),
      executing: (operation, situation) => contract.executing({ ...operation, canceled: false }, situation),
    }),
  },
  waiting: {
    summary: 'goes on showing an operation as waiting that was canceled before it started',
    alsoBreaks: {
      'sdk.cancel': 'the same cancellation, asked for through the organization service',
      'sdk.execute-form': 'the same operation, canceled through the organization service',
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
    },
    behaviour: edit('canceling', (codes, operation) => (operation.executing ? codes : pairs.waiting)),
  },
  retry: {
    summary: 'shows in progress where a retry is canceled while it runs',
    narrow: true,
    behaviour: (contract) => ({
      canceling: (o, situation) =>
        o.executing && o.attempts > 1 ? { state: 2, status: 20 } : contract.canceling(o, situation),
    }),
  },
  list: {
    summary: 'shows in progress in lists of rows where a running operation is canceled',
    narrow: true,
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'rows-get'
        ? editRows(answer, (row) =>
            row.backgroundoperationstatuscode === 22 ? { ...row, backgroundoperationstatuscode: 20 } : row,
          )
        : answer,
    ),
  },
  between: {
    summary: 'shows (0,0) where an operation is canceled between two attempts',
    narrow: true,
    behaviour: monitorWhere(
      (o) => o.status === 22 && o.attempts > 0 && !o.executing,
      (shown) => ({ ...shown, backgroundOperationStateCode: 0, backgroundOperationStatusCode: 0 }),
    ),
  },
  third: {
    summary: 'shows in progress in the row where the third attempt is canceled',
    narrow: true,
    behaviour: showWhere(
      ['backgroundoperationstatuscode'],
      (o) => o.status === 22 && o.executing && o.attempts === 3,
      () => 20,
    ),
  },
  moment: {
    summary: 'shows all who read the monitor in one millisecond what the first of them saw',
    narrow: true,
    behaviour: (contract) => {
      const seen = new Map<string, { readonly at: number; readonly shown: Record<string, unknown> }>();
      return {
        monitor: (o, situation) => {
          const before = seen.get(o.id);
          if (before?.at === situation.now && o.canceled) return before.shown;
          const shown = contract.monitor(o, situation);
          seen.set(o.id, { at: situation.now, shown });
          return shown;
        },
      };
    },
  },
  heartbeat: {
    summary: 'shows in progress again thirty seconds after a cancellation, by a sign of life of the attempt',
    narrow: true,
    behaviour: (contract) => {
      const canceled = new Map<string, number>();
      return {
        afterStep: (after, before, command, situation) => {
          if (command.kind === 'cancel') canceled.set(after.id, situation.now);
          return contract.afterStep(after, before, command, situation);
        },
        monitor: (o, situation) => {
          const shown = contract.monitor(o, situation);
          const since = situation.now - (canceled.get(o.id) ?? situation.now);
          return o.executing && o.status === 22 && since >= 30_000
            ? { ...shown, backgroundOperationStatusCode: 20 }
            : shown;
        },
      };
    },
  },
});
