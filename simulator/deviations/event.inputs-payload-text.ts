import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'event.inputs-payload-text',
  breaks: 'event.inputs',
  summary: 'sends PayloadType as text',
  behaviour: (contract) => ({
    eventContext: (context, operation, situation) => {
      const told = contract.eventContext(context, operation, situation);
      return Array.isArray(told.InputParameters)
        ? {
            ...told,
            InputParameters: (told.InputParameters as { key: string; value: unknown }[]).map((pair) =>
              pair.key === 'PayloadType' ? { ...pair, value: '0' } : pair,
            ),
          }
        : told;
    },
  }),
});
