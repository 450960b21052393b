import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'event.inputs-callback',
  breaks: 'event.inputs',
  summary: 'tells another PayloadType where a callback was asked for',
  behaviour: (contract) => ({
    eventContext: (context, operation, situation) => {
      const told = contract.eventContext(context, operation, situation);
      return Array.isArray(told.InputParameters) && operation.callbackUrl !== undefined
        ? {
            ...told,
            InputParameters: (told.InputParameters as { key: string; value: unknown }[]).map((pair) =>
              pair.key === 'PayloadType' ? { ...pair, value: 1 } : pair,
            ),
          }
        : told;
    },
  }),
});
