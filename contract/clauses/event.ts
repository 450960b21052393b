import { defineSection } from '../clause.ts';

/** event — Subscribe to the OnBackgroundOperationComplete event. */
export const event = defineSection({
  id: 'event',
  title: 'Subscribe to the OnBackgroundOperationComplete event',
  source: { document: 'article', anchor: 'subscribe-to-the-onbackgroundoperationcomplete-event' },
  clauses: {
    'event.each-completion': {
      level: 'MUST',
      basis: 'stated',
      duty: 'a subscribed webhook is called after success and after the final failure',
      needs: ['probe', 'event', 'clock', 'slow'],
    },
    'event.on-cancel': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'and after a cancellation has completed',
      needs: ['probe', 'event', 'clock'],
    },
    'event.once': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'one call for a completion, when the receiver answers 2xx',
      needs: ['probe', 'event'],
    },
    'event.message-name': {
      level: 'MUST',
      basis: 'stated',
      duty: "the context's MessageName is `OnBackgroundOperationComplete`",
      needs: ['probe', 'event'],
    },
    'event.inputs': {
      level: 'MUST',
      basis: 'stated',
      duty: 'InputParameters hold `PayloadType` 0, `LocationUrl` (the monitor), `BackgroundOperationId`',
      needs: ['probe', 'event'],
    },
    'event.outputs': {
      level: 'MUST',
      basis: 'stated',
      duty: "OutputParameters hold `OperationName` (the custom API's unique name) and both codes, terminal",
      needs: ['probe', 'event'],
    },
    'event.async-only': {
      level: 'MUST',
      basis: 'stated',
      duty: 'a synchronous step on the message is refused',
      needs: ['event-step'],
    },
    'event.auto-delete': {
      level: 'SHOULD',
      basis: 'stated',
      duty: 'with Auto Delete no asyncoperation row remains',
      needs: ['probe', 'event-step'],
    },
    'event.is-custom-api': {
      level: 'SHOULD',
      basis: 'stated',
      duty: '`customapis` lists `OnBackgroundOperationComplete`, asynchronous steps only',
      needs: ['event-step'],
    },
    'event.independent-of-callback': {
      level: 'MUST',
      basis: 'derived',
      duty: 'it comes with and without a requested callback',
      needs: ['probe', 'event', 'callback'],
    },
    'event.unsubscribe': {
      level: 'MUST',
      basis: 'derived',
      duty: 'after the step is deleted nothing more comes',
      needs: ['probe', 'event-step'],
    },
  },
});
