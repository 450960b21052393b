import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'cancel.running-is-not-stopped-terminal',
  breaks: 'cancel.running-is-not-stopped',
  summary: 'shows a canceled operation as canceled at once, while its attempt still runs',
  behaviour: (contract) => ({
    monitor: (operation, situation) =>
      contract.monitor(
        operation.canceled && operation.executing ? { ...operation, state: 3, status: 32 } : operation,
        situation,
      ),
  }),
});
