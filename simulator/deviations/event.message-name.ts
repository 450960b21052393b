import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  operation: {
    summary: 'names the custom API as the message',
    behaviour: edit('eventContext', (context, operation) => ({ ...context, MessageName: operation.name })),
  },
  canceled: {
    summary: 'names the event of a cancellation otherwise',
    narrow: true,
    behaviour: edit('eventContext', (context, o) =>
      o.status === 32 ? { ...context, MessageName: 'OnBackgroundOperationCanceled' } : context,
    ),
  },
});
