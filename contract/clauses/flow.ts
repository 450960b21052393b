import { defineSection } from '../clause.ts';

const header =
  'The connector’s definition has this header for the address, and no preference; what it is answered is documented nowhere.';
const registration =
  'The connector’s trigger “When an action is performed” creates such a row; only its columns are documented.';

/** flow — Use it from a flow: what Power Automate and its connector rely on, and what it is used for. */
export const flow = defineSection({
  id: 'flow',
  title: 'Use it from a flow',
  source: { document: 'connector', note: 'Perform a background operation; When an action is performed.' },
  clauses: {
    'flow.header-alone': {
      level: 'MAY',
      basis: 'derived',
      duty: 'whether `x-ms-dyn-callback-url` without `Prefer: respond-async` starts a background operation, and how the call is answered',
      needs: ['probe', 'callback'],
      why: 'The connector’s definition has no Prefer header: this may be all that a flow sends.',
      source: { document: 'connector', note: header },
    },
    'flow.one-callback': {
      level: 'MUST',
      basis: 'derived',
      duty: 'a callback that is asked for by `x-ms-dyn-callback-url`, or in two ways with one address, comes once',
      needs: ['probe', 'callback'],
      why: 'A flow goes on at each call of its address; called twice, it acts twice.',
      source: {
        document: 'article',
        anchor: 'request-a-callback',
        note: 'The callback comes when the operation completes, and an operation completes once.',
      },
    },
    'flow.callback-members': {
      level: 'MAY',
      basis: 'derived',
      duty: 'what the callback contains that is asked for by `x-ms-dyn-callback-url`',
      needs: ['probe', 'callback'],
      why: 'The connector promises the response of the action, the documented callback has no outputs.',
      source: { document: 'connector', note: 'The body of the notification; the article shows another one.' },
    },
    'flow.strong-consistency': {
      level: 'MUST',
      basis: 'derived',
      duty: 'a call with `Consistency: Strong` is executed as one without: in the background with `respond-async`, else synchronously',
      needs: ['probe'],
      why: 'The connector sends this header with each call; a target that refuses it serves no flow.',
      source: {
        document: 'compose-requests',
        note: 'The header is one that a client may send; it asks for consistency, not for another execution.',
      },
    },
    'flow.lists-operations': {
      level: 'MAY',
      basis: 'derived',
      duty: 'whether `GetBackgroundOperations` lists the custom API',
      needs: ['probe'],
      why: 'A maker can pick only what is listed there.',
      source: { document: 'connector', note: 'Only its name and arguments are known, from the connector.' },
    },
    'flow.api-versions': {
      level: 'MAY',
      basis: 'derived',
      duty: 'what the Web API answers below other versions than the configured one',
      needs: ['probe'],
      why: 'Triggers and actions of one connector call different versions.',
      source: {
        document: 'connector',
        note: 'Its operations name v9.1 and v9.2; other clients write v9.2.0.',
      },
    },
    'flow.resubmission': {
      level: 'MAY',
      basis: 'derived',
      duty: 'what a submission comes to that is sent again word for word',
      needs: ['probe'],
      why: 'A flow repeats an action whose answer got lost: the work may be done twice.',
      source: { document: 'article', note: 'Nothing is said of a request that is sent again.' },
    },
    'flow.registration': {
      level: 'MAY',
      basis: 'derived',
      duty: 'what the creation of a callback registration for `OnBackgroundOperationComplete` is answered with',
      needs: ['callback-registration'],
      why: 'A flow finds its registration again by the address in the answer, to delete it.',
      source: { document: 'callback-registration', note: registration },
    },
    'flow.registration-privilege': {
      level: 'MAY',
      basis: 'derived',
      duty: 'what a user without privileges is answered who creates a callback registration',
      needs: ['callback-registration', 'unprivileged'],
      why: 'The owner of a connection has to be told which privilege is missing.',
      source: { document: 'callback-registration', note: registration },
    },
    'flow.url-write-only': {
      level: 'MUST',
      basis: 'stated',
      duty: 'the `url` of a callback registration is never read back',
      needs: ['callback-registration'],
      why: 'The address of a flow is a key to it: whoever reads it can start the flow.',
      source: { document: 'callback-registration', note: 'Url: IsValidForRead is False.' },
    },
    'flow.url-changed': {
      level: 'MAY',
      basis: 'derived',
      duty: 'whether completions are told to the new `url` after that of a callback registration was changed',
      needs: ['probe', 'callback-registration'],
      why: 'A flow that moves keeps its registration only if this works.',
      source: {
        document: 'callback-registration',
        note: 'Url: IsValidForUpdate; nothing is said of its effect.',
      },
    },
    'flow.event': {
      level: 'MAY',
      basis: 'derived',
      duty: 'whether a callback registration is told of a completion, and in which form',
      needs: ['probe', 'callback-registration'],
      why: 'The trigger of a flow reads what it is told by a schema.',
      source: { document: 'callback-registration', note: registration },
    },
    'flow.event-once': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'a callback registration that is told of completions is told of each once, when it answers 2xx',
      needs: ['probe', 'callback-registration'],
      why: 'A flow runs at each call: told twice, it does its work twice.',
      source: { document: 'webhooks', note: 'delivery of asynchronous steps, which registrations become' },
    },
    'flow.unsubscribe': {
      level: 'MUST',
      basis: 'derived',
      duty: 'after a callback registration is deleted it is told of nothing more',
      needs: ['probe', 'callback-registration'],
      why: 'A flow that was turned off must not run any more.',
      source: {
        document: 'callback-registration',
        note: 'A registration is the subscription; without it there is none.',
      },
    },
    'flow.bulk': {
      level: 'MUST',
      basis: 'derived',
      duty: 'of many operations that are submitted at once each ends as its own, and is told of once in every way that was asked for',
      needs: ['probe', 'callback'],
      why: 'Bulk processing cuts work into batches and counts on each being done and reported once.',
      source: {
        document: 'architecture',
        note: 'Bulk data processing is what they are for; each duty for one operation holds for each of many.',
      },
    },
    'flow.cleanup': {
      level: 'MUST',
      basis: 'derived',
      duty: 'a recurring operation comes to its own end, and is told of, however an earlier one with the same input ended',
      needs: ['probe', 'clock'],
      why: 'A clean-up that was canceled, or ran into the limit, in one night has to run in the next.',
      source: {
        document: 'architecture',
        note: 'Scheduled clean-up is what they are for; each request is an operation of its own.',
      },
    },
  },
});
