import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  operation: {
    summary: 'names the custom API as the message',
    behaviour: edit('eventContext', (context, operation) => ({ ...context, MessageName: operation.name })),
  },
});
