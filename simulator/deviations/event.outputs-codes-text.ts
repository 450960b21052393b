import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'event.outputs-codes-text',
  breaks: 'event.outputs',
  summary: 'sends the codes as text',
  behaviour: (contract) => ({
    eventContext: (context, operation, situation) => {
      const told = contract.eventContext(context, operation, situation);
      return Array.isArray(told.OutputParameters)
        ? {
            ...told,
            OutputParameters: (told.OutputParameters as { key: string; value: unknown }[]).map((pair) =>
              typeof pair.value === 'number' ? { ...pair, value: String(pair.value) } : pair,
            ),
          }
        : told;
    },
  }),
});
