import type { ClauseId } from './clauses.ts';

/** A point on which the documentation is silent or contradicts itself. */
export interface Silence {
  /** Its name, kept for ever. */
  readonly id: string;
  /** What is not said, or said in two ways, as a question. */
  readonly question: string;
  /** Which variants the suite accepts. */
  readonly accepts: string;
  /** Clauses that observe what a target does, or that leave room for it. */
  readonly clauses: readonly ClauseId[];
}

/** The points on which the documentation is silent or contradicts itself, and what the suite makes of them. */
export const silences: readonly Silence[] = [
  {
    id: 'monitor-path',
    question:
      'Is the path of the monitor sensitive to case? Early drafts write a capital O, and before that the address of the row.',
    accepts: 'The documented lower-case path must work; whether the other does is observed.',
    clauses: ['submit.location', 'monitor.case-of-path'],
  },
  {
    id: 'accepted-body',
    question: 'Has the 202 a body? Versions of the article show one, none, and one with a callback only.',
    accepts: 'Any body without a callback; with one, id and location should be there.',
    clauses: ['submit.no-body', 'callback.accepted-body'],
  },
  {
    id: 'accepted-retry-after',
    question: 'Does the 202 carry Retry-After? OData allows it, no example shows it.',
    accepts: 'With or without.',
    clauses: ['submit.retry-after'],
  },
  {
    id: 'preference-applied',
    question:
      'Does Preference-Applied name respond-async beside callback? OData asks for both, the example shows only callback.',
    accepts: 'Any list that contains callback.',
    clauses: ['callback.preference-applied'],
  },
  {
    id: 'callback-preference-name',
    question:
      'Does the plain name callback request a callback too? Drafts of the article and OData 4.01 use it, the published article odata.callback.',
    accepts: 'odata.callback must work; whether callback does is observed.',
    clauses: ['prefer.plain-callback'],
  },
  {
    id: 'callback-header',
    question:
      'Does the header of the Power Platform connector request a callback? It is seen in use and documented nowhere.',
    accepts: 'Either. Where it does, one callback must come, however many ways ask for it.',
    clauses: ['callback.connector-header', 'flow.header-alone', 'flow.one-callback', 'flow.callback-members'],
  },
  {
    id: 'callback-registrations',
    question:
      'Is a callback registration told of completions, of which, and in which form? Its columns are documented, what comes to the URL is only known from flows.',
    accepts: 'Anything; it is observed. The URL must not be read back, and nothing may come after the end.',
    clauses: ['flow.registration', 'flow.event', 'flow.url-changed', 'flow.registration-privilege'],
  },
  {
    id: 'resubmission',
    question: 'What does a submission come to that a client repeats, since its answer got lost?',
    accepts: 'Anything; it is observed.',
    clauses: ['flow.resubmission'],
  },
  {
    id: 'canceling-label',
    question:
      'Is the label Canceling or Cancelling? The table of columns and the section on cancellation differ.',
    accepts: 'Either spelling.',
    clauses: ['table.formatted-values'],
  },
  {
    id: 'terminal-refusal',
    question:
      'How is the cancellation of a finished operation refused? One published version shows a 409 with a flat body, the newest only the text, for both ways.',
    accepts:
      'Any status but 2xx, with the text anywhere in the body; a 409 with the flat body should answer DELETE.',
    clauses: [
      'cancel.terminal-refused-delete',
      'cancel.terminal-refused-patch',
      'cancel.terminal-message',
      'cancel.terminal-conflict',
    ],
  },
  {
    id: 'canceled-outcome',
    question: 'What does a canceled operation end as that had started?',
    accepts:
      '(3,30) or (3,32) after a success, (3,31) or (3,32) after a failure; without an attempt only (3,32).',
    clauses: ['cancel.running-outcome', 'state.canceled'],
  },
  {
    id: 'cancel-running',
    question:
      'May an operation be canceled that has started? The first sentence speaks of operations that have not, the list under it of those that have.',
    accepts: 'It must be accepted, and must not stop the attempt.',
    clauses: ['cancel.running-accepted', 'cancel.running-is-not-stopped'],
  },
  {
    id: 'cancel-between-attempts',
    question: 'Is a retry dropped that is awaited when the cancellation comes?',
    accepts: 'It should be.',
    clauses: ['cancel.no-retry-while-waiting'],
  },
  {
    id: 'cancel-twice',
    question: 'What does a second cancellation do before the end?',
    accepts: 'Anything harmless: accepted again or refused, never a server error, never another outcome.',
    clauses: ['cancel.twice'],
  },
  {
    id: 'cancel-other-user',
    question: 'May another user than the initiator cancel, and what does that user see?',
    accepts: 'Either; it is observed.',
    clauses: ['cancel.by-another-user', 'access.other-user'],
  },
  {
    id: 'cancel-partial',
    question: 'What does an update of only one of the two columns do, or of another pair?',
    accepts: 'Anything; it is observed.',
    clauses: ['cancel.partial-patch'],
  },
  {
    id: 'cancel-if-match',
    question: 'What does the update do without If-Match? On an elastic table it is an upsert.',
    accepts: 'Anything; it is observed.',
    clauses: ['cancel.without-if-match'],
  },
  {
    id: 'monitor-details',
    question: 'How does the monitor answer an unknown id, another method, or a malformed id?',
    accepts:
      '404 for an unknown id; a refusal of other methods, which should be 405; 400 or 404 for an id that is not a GUID.',
    clauses: [
      'unknown.monitor-get',
      'unknown.monitor-delete',
      'unknown.malformed',
      'monitor.only-get-and-delete',
      'monitor.method-not-allowed',
    ],
  },
  {
    id: 'monitor-content-type',
    question:
      'Which parameters has the Content-Type of the monitor? Drafts show odata.metadata, the published article none.',
    accepts: 'Any parameters.',
    clauses: ['monitor.json'],
  },
  {
    id: 'error-members',
    question:
      'Are the error members there while a retry is awaited, and after recovery? “When an error occurs” may mean an attempt or the operation.',
    accepts: 'Either, as soon as an attempt has failed; never before, and never null.',
    clauses: [
      'monitor.error-after-failed-attempt',
      'monitor.error-only-on-failure',
      'table.error-columns',
      'callback.error-only-on-failure',
    ],
  },
  {
    id: 'plug-in-code',
    question:
      'How does an integer code that a plug-in gives to its own error reach the error code? One sample prints a plug-in’s 500, the article -2147187707.',
    accepts:
      'Anything; it is observed. Only an error that the platform itself raises must keep its code, and only one without a code must show 0.',
    clauses: ['error.plug-in-code', 'error.platform-code', 'error.other-code-zero'],
  },
  {
    id: 'retry-schedule',
    question: 'How long is the first wait, by which factor do waits grow, and how much do they vary?',
    accepts: 'Any schedule that grows; it should grow by half each time.',
    clauses: ['retry.backoff-grows', 'retry.backoff-exponential', 'retry.schedule'],
  },
  {
    id: 'retry-count',
    question: 'Does “up to three times” mean four attempts, and are fewer allowed?',
    accepts: 'Four at most; exactly four when every attempt fails with an error that is not the platform’s.',
    clauses: ['retry.at-most-three', 'retry.three-times', 'retry.count'],
  },
  {
    id: 'retry-errors',
    question: 'Which errors are retried?',
    accepts: 'An error that is not the platform’s must be; errors with a platform code may be final at once.',
    clauses: ['retry.on-error', 'retry.which-errors', 'retry.three-times'],
  },
  {
    id: 'retry-state',
    question: 'What is shown while a retry is awaited?',
    accepts: '(0,0) or (2,20); (2,22) once canceled.',
    clauses: ['state.between-attempts', 'retry.not-terminal-between'],
  },
  {
    id: 'times',
    question:
      'Are starttime and endtime those of the first or of the last attempt, and what do they show for an operation that never started?',
    accepts: 'Either, in order; it is observed.',
    clauses: ['table.times-edge-cases', 'table.times'],
  },
  {
    id: 'parameter-values',
    question:
      'How are values written in Key/Value that are not text? The SDK sample reads text only. And what stands there without any?',
    accepts: 'JSON values or strings; an empty array or null.',
    clauses: ['table.value-types', 'table.inputparameters', 'table.outputparameters-only-on-success'],
  },
  {
    id: 'delivery',
    question: 'What is asked of a callback’s receiver, and is a failed delivery tried again?',
    accepts:
      'Any redelivery; one callback only once the receiver has answered 2xx; the outcome must not depend on it.',
    clauses: ['callback.redelivery', 'callback.once', 'callback.receiver-down'],
  },
  {
    id: 'notify-canceled',
    question: 'Do callback and event come after a cancellation?',
    accepts: 'They should.',
    clauses: ['callback.on-cancel', 'event.on-cancel'],
  },
  {
    id: 'event-inputs',
    question: 'Has the event three inputs, as in the article, or four, as in the reference?',
    accepts: 'The three; a masked callback URL may stand beside them.',
    clauses: ['event.inputs'],
  },
  {
    id: 'other-messages',
    question: 'What happens to respond-async on a message that is not a custom API?',
    accepts: 'A refusal or a synchronous execution, never an operation.',
    clauses: ['submit.only-custom-api', 'submit.other-message-answer'],
  },
  {
    id: 'functions-and-bound',
    question:
      'Can a custom API run in the background that is a function, or bound to a table? A draft and a public sample with a Target do so, the article shows an unbound action.',
    accepts: 'Anything; it is not tested, because the probe is an unbound action.',
    clauses: [],
  },
  {
    id: 'validation',
    question: 'Is a wrong parameter refused at once or by a failed operation?',
    accepts: 'It should be refused at once.',
    clauses: ['submit.invalid-parameter-refused'],
  },
  {
    id: 'time-limit',
    question:
      'Is the limit two minutes, as in the article, or 2:20, as in the text of the time-out? Is a time-out retried, and with which code?',
    accepts: 'An end of the attempt between the two; any code, which should not be zero.',
    clauses: ['time-limit.fails-beyond', 'time-limit.error-code', 'time-limit.per-attempt'],
  },
  {
    id: 'time-to-live',
    question: 'Does the time to live count from the creation or from the last modification?',
    accepts: 'Either: kept until an hour before the first, gone a day after the second.',
    clauses: ['ttl.starts', 'ttl.kept-before', 'ttl.deleted-after'],
  },
  {
    id: 'partition',
    question:
      'Is partitionid null or the key, where it was not set? The article on elastic tables says both.',
    accepts: 'Either.',
    clauses: ['table.column-types'],
  },
  {
    id: 'privileges',
    question: 'How is a missing privilege answered, and does it close the monitor too?',
    accepts:
      'Any refusal that creates nothing; it should be a 403 with the code of a missing privilege, for row and monitor alike.',
    clauses: [
      'access.privileges-required',
      'access.forbidden',
      'access.error-code',
      'access.unprivileged-row',
      'access.unprivileged-monitor',
    ],
  },
];
