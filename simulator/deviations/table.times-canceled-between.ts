import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.times-canceled-between',
  breaks: 'table.times',
  summary: 'writes no endtime where a cancellation ends an operation between two attempts',
  behaviour: (contract) => ({
    afterStep: (after, before, command, situation) => {
      const kept = contract.afterStep(after, before, command, situation);
      const idle = command.kind === 'start' && before.attempts > 0 && after.state === 3;
      return idle ? { ...kept, endTime: undefined } : kept;
    },
  }),
});
