import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'event.outputs-missing',
  breaks: 'event.outputs',
  summary: 'leaves the outputs out',
  behaviour: (contract) => ({
    eventContext: (context, operation, situation) => {
      const told = contract.eventContext(context, operation, situation);
      return { ...told, OutputParameters: [] };
    },
  }),
});
