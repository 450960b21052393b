import { defineSection } from '../clause.ts';

/** callback — Request a callback. */
export const callback = defineSection({
  id: 'callback',
  title: 'Request a callback',
  source: { document: 'article', anchor: 'request-a-callback' },
  clauses: {
    'callback.preference-applied': {
      level: 'MUST',
      basis: 'shown',
      duty: '`Preference-Applied` contains `callback`',
      needs: ['probe', 'callback'],
    },
    'callback.accepted-body': {
      level: 'SHOULD',
      basis: 'shown',
      duty: 'the 202 has a JSON body with `backgroundOperationId` and `location`, equal to the headers',
      needs: ['probe', 'callback'],
    },
    'callback.post': {
      level: 'MUST',
      basis: 'stated',
      duty: 'on completion the target POSTs to the URL',
      needs: ['probe', 'callback'],
    },
    'callback.json': {
      level: 'MUST',
      basis: 'shown',
      duty: 'the payload is a JSON object',
      needs: ['probe', 'callback'],
    },
    'callback.on-success': {
      level: 'MUST',
      basis: 'stated',
      duty: 'it comes after success',
      needs: ['probe', 'callback'],
    },
    'callback.on-failure': {
      level: 'MUST',
      basis: 'derived',
      duty: 'it comes after the last failure',
      needs: ['probe', 'callback', 'clock', 'slow'],
    },
    'callback.on-cancel': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'it comes after a cancellation has completed',
      needs: ['probe', 'callback', 'clock'],
    },
    'callback.after-completion': {
      level: 'MUST',
      basis: 'stated',
      duty: 'never before the operation is terminal: the monitor read on its arrival shows (3,*)',
      needs: ['probe', 'callback'],
    },
    'callback.id': {
      level: 'MUST',
      basis: 'stated',
      duty: '`backgroundOperationId` is the id',
      needs: ['probe', 'callback'],
    },
    'callback.location': {
      level: 'MUST',
      basis: 'stated',
      duty: "`location` is the monitor's URL, and an authenticated GET of it gives the outputs",
      needs: ['probe', 'callback'],
    },
    'callback.codes': {
      level: 'MUST',
      basis: 'stated',
      duty: "state and status codes as integers, equal to the monitor's",
      needs: ['probe', 'callback'],
    },
    'callback.error-on-failure': {
      level: 'MUST',
      basis: 'stated',
      duty: 'code and message after a failure',
      needs: ['probe', 'callback', 'clock', 'slow'],
    },
    'callback.error-only-on-failure': {
      level: 'MUST',
      basis: 'stated',
      duty: 'absent when no attempt failed',
      needs: ['probe', 'callback'],
    },
    'callback.no-outputs': {
      level: 'MUST',
      basis: 'stated',
      duty: 'no output parameter is in the payload',
      needs: ['probe', 'callback'],
    },
    'callback.only-documented-members': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'nothing but the six documented members',
      needs: ['probe', 'callback'],
    },
    'callback.url-verbatim': {
      level: 'MUST',
      basis: 'derived',
      duty: 'path and query (a SAS signature) reach the receiver unchanged',
      needs: ['probe', 'callback'],
    },
    'callback.no-credentials': {
      level: 'MUST',
      basis: 'stated',
      duty: 'no `Authorization`, `Proxy-Authorization`, `Cookie`, `x-functions-key` or `api-key` header is added',
      needs: ['probe', 'callback'],
    },
    'callback.once': {
      level: 'MUST',
      basis: 'derived',
      duty: 'one callback for an operation, when the receiver answers 2xx',
      needs: ['probe', 'callback'],
    },
    'callback.not-per-attempt': {
      level: 'MUST',
      basis: 'derived',
      duty: 'none after an attempt that will be retried',
      needs: ['probe', 'callback', 'clock', 'slow'],
    },
    'callback.only-on-request': {
      level: 'MUST',
      basis: 'derived',
      duty: 'none for an operation that asked for none',
      needs: ['probe', 'callback'],
    },
    'callback.receiver-down': {
      level: 'MUST',
      basis: 'derived',
      duty: "a receiver that refuses, fails or hangs does not change the operation's outcome",
      needs: ['probe', 'callback'],
    },
    'callback.redelivery': {
      level: 'MAY',
      basis: 'derived',
      duty: 'whether and when a failed delivery is tried again',
      needs: ['probe', 'callback', 'clock'],
    },
    'callback.connector-header': {
      level: 'MAY',
      basis: 'derived',
      duty: 'whether `x-ms-dyn-callback-url` (used by the Power Platform connector) also requests a callback',
      needs: ['probe', 'callback'],
    },
  },
});
