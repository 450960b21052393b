import { isObject } from '../plain.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'event.outputs-display-name',
  breaks: 'event.outputs',
  summary: 'gives the display name of the custom API as OperationName',
  behaviour: (contract) => ({
    eventContext: (context, operation, situation) => {
      const kept = contract.eventContext(context, operation, situation);
      const outputs: unknown[] = Array.isArray(kept.OutputParameters) ? kept.OutputParameters : [];
      const renamed = outputs.map((each) =>
        isObject(each) && each.key === 'OperationName' ? { ...each, value: operation.displayName } : each,
      );
      return { ...kept, OutputParameters: renamed };
    },
  }),
});
