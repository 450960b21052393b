import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.read-is-safe-writes-row',
  breaks: 'monitor.read-is-safe',
  summary: 'writes the row with every reading of the monitor',
  behaviour: (contract) => {
    const reads = new Map<string, number>();
    return {
      monitor: (operation, situation) => {
        reads.set(operation.id, (reads.get(operation.id) ?? 0) + 1);
        return contract.monitor(operation, situation);
      },
      etag: (operation) =>
        contract.etag({ ...operation, version: operation.version + (reads.get(operation.id) ?? 0) }),
    };
  },
});
