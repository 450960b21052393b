import type { ClauseId } from './clauses.ts';

/** A point on which the documentation is silent or contradicts itself. */
export interface Silence {
  /** What is not said, as a question. */
  readonly question: string;
  /** What the suite accepts. */
  readonly accepts: string;
  /** Clauses that observe what a target does, or that leave room for it. */
  readonly clauses: readonly ClauseId[];
}

/** The points on which the documentation is silent or contradicts itself, and what the suite makes of them. */
export const silences: readonly Silence[] = [
  {
    question: 'Is the path of the monitor sensitive to case? Early examples write a capital O.',
    accepts: 'Both; the documented casing must work.',
    clauses: ['monitor.case-of-path'],
  },
  {
    question: 'Has the 202 a body? Versions of the article differ.',
    accepts: 'Any body without a callback; with one, id and location should be there.',
    clauses: ['submit.no-body', 'callback.accepted-body'],
  },
  { question: 'Does the 202 carry Retry-After?', accepts: 'Both.', clauses: ['submit.retry-after'] },
  {
    question: 'Does Preference-Applied name respond-async beside callback?',
    accepts: 'Any list that contains callback.',
    clauses: ['callback.preference-applied'],
  },
  {
    question: 'Does the plain name callback request a callback too, as in OData 4.01?',
    accepts: 'Both.',
    clauses: ['prefer.plain-callback'],
  },
  {
    question: 'Is the label Canceling or Cancelling? The article uses both.',
    accepts: 'Both.',
    clauses: ['table.formatted-values'],
  },
  {
    question:
      'How exactly is the cancellation of a finished operation refused? An earlier version shows a 409, the newest only the text.',
    accepts: 'Any status but 2xx, with the text; a 409 with the flat body should answer DELETE.',
    clauses: [
      'cancel.terminal-refused-delete',
      'cancel.terminal-refused-patch',
      'cancel.terminal-message',
      'cancel.terminal-conflict',
    ],
  },
  {
    question: 'What does a canceled operation end as whose attempt succeeded, or failed?',
    accepts: '(3,30) or (3,32) after a success, (3,31) or (3,32) after a failure.',
    clauses: ['cancel.running-outcome'],
  },
  {
    question: 'What does a second cancellation do?',
    accepts: 'Anything harmless.',
    clauses: ['cancel.twice'],
  },
  {
    question: 'May another user than the initiator cancel?',
    accepts: 'Both.',
    clauses: ['cancel.by-another-user', 'access.other-user'],
  },
  {
    question: 'What does an update of only one of the two columns do, or of another pair?',
    accepts: 'Anything.',
    clauses: ['cancel.partial-patch'],
  },
  {
    question: 'What does the update do without If-Match?',
    accepts: 'Anything; an elastic table upserts.',
    clauses: ['cancel.without-if-match'],
  },
  {
    question: 'How long is the first wait, by which factor do waits grow, and how much do they vary?',
    accepts: 'Any schedule that grows.',
    clauses: ['retry.backoff-grows', 'retry.backoff-exponential', 'retry.schedule'],
  },
  {
    question: 'Which errors are retried?',
    accepts: 'Errors with a platform code may be final at once; others are retried.',
    clauses: ['retry.which-errors', 'retry.three-times'],
  },
  {
    question: 'What is shown while a retry is awaited?',
    accepts: '(0,0) or (2,20).',
    clauses: ['state.between-attempts'],
  },
  {
    question: 'Is the error of a failed attempt shown before the end, and after recovery?',
    accepts: 'Both.',
    clauses: ['monitor.error-after-failed-attempt'],
  },
  {
    question: 'Are starttime and endtime those of the first or of the last attempt?',
    accepts: 'Both.',
    clauses: ['table.times-edge-cases'],
  },
  {
    question: 'How are values written in Key/Value that are no text?',
    accepts: 'As JSON values or as strings.',
    clauses: ['table.value-types'],
  },
  {
    question: 'Is a callback sent after a cancellation?',
    accepts: 'It should be.',
    clauses: ['callback.on-cancel', 'event.on-cancel'],
  },
  {
    question: 'Is a failed delivery tried again?',
    accepts: 'Both.',
    clauses: ['callback.redelivery', 'callback.once'],
  },
  {
    question: 'Does the connector’s header request a callback?',
    accepts: 'Both.',
    clauses: ['callback.connector-header'],
  },
  {
    question: 'What happens to respond-async on a message that is no custom API?',
    accepts: 'A refusal or a synchronous execution, never an operation.',
    clauses: ['submit.only-custom-api', 'submit.other-message-answer'],
  },
  {
    question:
      'Which error code has a time-out, and is it retried? The text of one code says 2:20 instead of two minutes.',
    accepts: 'Any code but zero; an end of the attempt until 2:20.',
    clauses: ['time-limit.per-attempt', 'time-limit.error-code', 'time-limit.fails-beyond'],
  },
  {
    question: 'Does the time to live count from the creation or from the last modification?',
    accepts: 'Both.',
    clauses: ['ttl.starts', 'ttl.kept-before', 'ttl.deleted-after'],
  },
  {
    question: 'How are a missing privilege and an unknown id answered by the monitor?',
    accepts: 'Any refusal; 403 and 404 are what they should be.',
    clauses: ['access.unprivileged-monitor', 'unknown.monitor-get', 'unknown.monitor-delete'],
  },
];
