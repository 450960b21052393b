import { defineClientSection } from '../client-clause.ts';

/** client-cancel — how a client cancels. */
export const clientCancel = defineClientSection({
  id: 'client-cancel',
  title: 'Client: cancel',
  source: { document: 'article', anchor: 'cancel-background-operations' },
  clauses: {
    'client-cancel.if-match': {
      level: 'MUST',
      basis: 'derived',
      duty: 'the client sends `If-Match` with the PATCH that cancels',
      sees: 'a cancellation by PATCH',
      why: 'Without it a PATCH of an elastic table upserts: a row that has expired or a mistyped id is created anew.',
      source: {
        document: 'elastic-tables',
        note: 'an update without If-Match creates the row where there is none',
      },
    },
    'client-cancel.both-codes': {
      level: 'MUST',
      basis: 'stated',
      duty: 'the PATCH that cancels sets state 2 and status 22 together',
      sees: 'a PATCH of a row',
      why: 'Only the pair is documented; one of the two, or a final state, may be ignored or refused.',
      source: {
        document: 'article',
        anchor: 'cancel-a-background-operation-by-updating-backgroundoperations',
      },
    },
    'client-cancel.documented-ways': {
      level: 'MUST',
      basis: 'stated',
      duty: 'the client cancels by DELETE of the monitor or PATCH of the row, never by DELETE of the row',
      sees: 'a cancellation',
      why: 'A deleted row stops nothing that is documented to stop, and takes the result away.',
    },
    'client-cancel.not-after-refusal': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'the client does not cancel again after the cancellation was refused because the operation had ended',
      sees: 'a refused cancellation',
      why: 'A terminal state is final: the same refusal comes again and again.',
      source: {
        document: 'article',
        anchor: 'cancel-background-operations',
        note: 'A finished operation cannot be canceled.',
      },
    },
    'client-cancel.not-after-end': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'the client does not cancel an operation of which it has seen a terminal state',
      sees: 'a cancellation',
      why: 'It can only be refused.',
      source: {
        document: 'article',
        anchor: 'cancel-background-operations',
        note: 'A finished operation cannot be canceled.',
      },
    },
    'client-cancel.follows-up': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'after an accepted cancellation the client looks how the operation ended, or is told',
      sees: 'an accepted cancellation, and later traffic after ten minutes',
      why: 'What had begun runs on and may succeed: accepted is not yet canceled.',
      source: {
        document: 'article',
        anchor: 'cancel-background-operations',
        note: 'An operation that has started is not stopped.',
      },
    },
  },
});

/** client-notify — how a client takes callbacks and events. */
export const clientNotify = defineClientSection({
  id: 'client-notify',
  title: 'Client: callbacks and events',
  source: { document: 'article', anchor: 'request-a-callback' },
  clauses: {
    'client-notify.reads-result': {
      level: 'SHOULD',
      basis: 'stated',
      duty: 'after a callback that tells of success the client reads monitor or row',
      sees: 'a callback that tells of success, and how the client goes on',
      why: 'The callback has no outputs: they are read at its location, with credentials.',
    },
    'client-notify.url-is-enough': {
      level: 'MUST',
      basis: 'stated',
      duty: 'the receiver of callbacks asks for no header: whatever authenticates the call stands in the URL',
      sees: 'a callback with the answer of its receiver',
      why: 'Dataverse cannot add a header, so such a receiver refuses every callback.',
    },
    'client-notify.answers': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'the receiver answers a callback and an event with 2xx',
      sees: 'a callback or an event with the answer of its receiver',
      why: 'Anything else counts as a failed delivery, which may come again or never.',
      source: { document: 'webhooks', note: 'the status code alone tells whether the delivery succeeded' },
    },
    'client-notify.in-time': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'the receiver answers a callback and an event within 60 seconds',
      sees: 'a callback or an event with the answer of its receiver',
      why: 'After that the sender gives up, and the delivery counts as failed.',
      source: { document: 'webhooks', note: 'the time-out of a webhook is 60 seconds' },
    },
    'client-notify.takes-post': {
      level: 'MUST',
      basis: 'stated',
      duty: 'the receiver of callbacks takes POST with a JSON body',
      sees: 'a callback with the answer of its receiver',
      why: 'OData knows callbacks by GET, Dataverse sends POST.',
    },
  },
});

/** client-sdk — what a client sends to the organization service. */
export const clientSdk = defineClientSection({
  id: 'client-sdk',
  title: 'Client: organization service',
  source: { document: 'article', anchor: 'request-asynchronous-processing' },
  clauses: {
    'client-sdk.request': {
      level: 'MUST',
      basis: 'stated',
      duty: '`ExecuteBackgroundOperation` carries the parameter `Request`',
      sees: 'an `ExecuteBackgroundOperation`',
      why: 'The parameter is required; the message is refused without it.',
    },
    'client-sdk.callback-uri': {
      level: 'MUST',
      basis: 'stated',
      duty: 'the client asks for a callback by the parameter `CallbackUri`, an absolute address, and not by another name',
      sees: 'an `ExecuteBackgroundOperation` with a callback',
      why: 'A parameter of another name is refused or ignored, so no callback comes.',
    },
    'client-sdk.columns': {
      level: 'SHOULD',
      basis: 'stated',
      duty: 'a client that polls the table through the organization service names its columns, and does not ask for all',
      sees: 'a Retrieve of a background operation',
      why: 'All columns may hold megabytes of inputs.',
      source: { document: 'article', anchor: 'poll-the-background-operations-table' },
    },
  },
});
