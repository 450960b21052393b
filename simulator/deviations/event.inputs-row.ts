import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'event.inputs-row',
  breaks: 'event.inputs',
  summary: 'names the row as LocationUrl',
  behaviour: (contract) => ({
    eventContext: (context, operation, situation) => {
      const told = contract.eventContext(context, operation, situation);
      return Array.isArray(told.InputParameters)
        ? {
            ...told,
            InputParameters: (told.InputParameters as { key: string; value: unknown }[]).map((pair) =>
              pair.key === 'LocationUrl'
                ? {
                    ...pair,
                    value: `${operation.origin}/api/data/v9.2/backgroundoperations(${operation.id})`,
                  }
                : pair,
            ),
          }
        : told;
    },
  }),
});
