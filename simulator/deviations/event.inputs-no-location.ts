import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'event.inputs-no-location',
  breaks: 'event.inputs',
  summary: 'leaves LocationUrl out of the inputs',
  behaviour: (contract) => ({
    eventContext: (context, operation, situation) => {
      const told = contract.eventContext(context, operation, situation);
      return Array.isArray(told.InputParameters)
        ? {
            ...told,
            InputParameters: (told.InputParameters as { key: string; value: unknown }[]).filter(
              ({ key }) => key !== 'LocationUrl',
            ),
          }
        : told;
    },
  }),
});
