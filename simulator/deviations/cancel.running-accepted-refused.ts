import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'cancel.running-accepted-refused',
  breaks: 'cancel.running-accepted',
  summary: 'refuses a cancellation while an attempt runs',
  behaviour: (contract) => ({
    refusesCancel: (operation, situation) =>
      operation.executing || contract.refusesCancel(operation, situation),
  }),
});
