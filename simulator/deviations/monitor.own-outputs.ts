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
  empty: {
    summary: 'shows the latest outputs of another operation where the custom API sets none',
    alsoBreaks: {
      'table.outputparameters': 'the same mistake is seen there as well',
      'monitor.outputs-on-success': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: (contract) => {
      let last: ReturnType<typeof contract.keptOutputs>;
      return {
        keptOutputs: (outputs, o, situation) => {
          const kept = contract.keptOutputs(outputs, o, situation);
          if (kept !== undefined && kept.length === 0) return last ?? kept;
          return (last = kept);
        },
      };
    },
  },
  overlapping: {
    summary: 'gives a text of one operation to another that ends in the same millisecond after a retry',
    alsoBreaks: {
      'table.outputparameters': 'the same mistake is seen there as well',
      'monitor.outputs-on-success': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: (contract) => {
      let last:
        { readonly at: number; readonly outputs: ReturnType<typeof contract.keptOutputs> } | undefined;
      return {
        keptOutputs: (outputs, o, situation) => {
          const kept = contract.keptOutputs(outputs, o, situation);
          if (o.attempts < 2) return kept;
          if (last?.at === situation.now) return last.outputs;
          last = { at: situation.now, outputs: kept };
          return kept;
        },
      };
    },
  },
  'one-address': {
    summary: 'calls an address once for all operations that would ask it at the same time',
    narrow: true,
    behaviour: (contract) => {
      const last = new Map<
        unknown,
        { readonly at: number; readonly outputs: ReturnType<typeof contract.keptOutputs> }
      >();
      return {
        keptOutputs: (outputs, o, situation) => {
          const kept = contract.keptOutputs(outputs, o, situation);
          const address = o.inputs.find(({ Key }) => Key === 'ControlUrl')?.Value;
          const before = last.get(address);
          if (before?.at === situation.now) return before.outputs;
          last.set(address, { at: situation.now, outputs: kept });
          return kept;
        },
      };
    },
  },
});
