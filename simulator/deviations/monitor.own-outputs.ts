import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  latest: {
    summary: 'shows the outputs of whichever operation finished last',
    alsoBreaks: {
      'monitor.outputs-on-success': 'what the operation itself had set is not shown',

      'retry.recovers': 'the outcome of the retry is lost',
      'submit.burst': 'operations that end together all show the outputs of one',
      'callback.receiver-down': 'operations that end together all show the outputs of one',
    },
    behaviour: (contract) => ({
      monitor: (operation, situation) => {
        const shown = contract.monitor(operation, situation);
        let latest = operation;
        for (const other of situation.all()) {
          if (other.outputs !== undefined && (other.endTime ?? 0) >= (latest.endTime ?? 0)) latest = other;
        }
        return operation.outputs === undefined
          ? shown
          : contract.monitor({ ...operation, outputs: latest.outputs }, situation);
      },
    }),
  },
});
