import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'event.outputs-constant',
  breaks: 'event.outputs',
  summary: 'tells every completion as a success',
  alsoBreaks: {
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
  },
  behaviour: (contract) => ({
    eventContext: (context, operation, situation) => {
      const told = contract.eventContext(context, operation, situation);
      return Array.isArray(told.OutputParameters)
        ? {
            ...told,
            OutputParameters: (told.OutputParameters as { key: string; value: unknown }[]).map((pair) =>
              pair.key === 'BackgroundOperationStatusCode' ? { ...pair, value: 30 } : pair,
            ),
          }
        : told;
    },
  }),
});
