/** Telling others that an operation has come to its end: callbacks, and a second try of what failed. */
import { statusMembers } from './monitor.mjs';
import { post } from './outbound.mjs';

/** What a receiver is given to answer, in real milliseconds: a clock that is being advanced waits as long. */
const LIMIT = 10_000;

/** Waits before a callback is sent once more. */
const CALLBACK_RETRIES = [5_000, 50_000];

/** Wait before a webhook is called the one more time that 502, 503 and 504 ask for. */
const WEBHOOK_RETRIES = [1_000];

/**
 * Sends the callback that an operation asked for, if it did. A receiver that is down or answers
 * 5xx or 429 gets it again later; one that hangs or says no otherwise does not.
 */
export function sendCallback(clock, operation) {
  if (operation.callbackUrl === null) return undefined;
  const json = {
    ...statusMembers(operation),
    backgroundOperationId: operation.id,
    location: operation.location,
  };
  return deliver(clock, () => post(operation.callbackUrl, { json, limit: LIMIT }), {
    waits: CALLBACK_RETRIES,
    again: ({ status, failure }) => failure === 'connection' || status === 429 || status >= 500,
  });
}

/**
 * Calls a webhook, and tells how it went in the end: `done(succeeded)`.
 *
 * @param {() => boolean} wanted  asked before the second call: whether the step is still there
 */
export function callWebhook(clock, { url, json, headers }, wanted, done) {
  return deliver(clock, () => post(url, { json, headers, limit: LIMIT }), {
    waits: WEBHOOK_RETRIES,
    again: ({ status }) => [502, 503, 504].includes(status),
    wanted,
    done: ({ status }) => done(status >= 200 && status < 300),
  });
}

async function deliver(clock, send, { waits, again, wanted = () => true, done = () => {} }) {
  const reply = await send();
  const [wait, ...later] = waits;
  if (wait === undefined || !again(reply)) return done(reply);
  const resend = () => deliver(clock, send, { waits: later, again, wanted, done });
  clock.at(clock.now() + wait, () => (wanted() ? resend() : done(reply)));
  return undefined;
}
