import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  name: {
    summary: 'adds the name of the custom API',
    behaviour: edit('callback', (payload, operation) => ({ ...payload, operationName: operation.name })),
  },
});
