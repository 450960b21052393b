/**
 * Background operations from acceptance to expiry: when attempts are made, what a cancellation
 * does, and what is announced at the end.
 */
import { randomUUID } from 'node:crypto';
import { execute } from './probe.mjs';

const MOST_RETRIES = 3;
const FIRST_WAIT = 7_000;
const GROWTH = 3;
const TIME_TO_LIVE_SECONDS = 90 * 24 * 60 * 60;

/**
 * State codes with their status codes. Between two attempts an operation stays in progress: it was
 * started, and has not come to its end.
 */
const WAITING = [0, 0];
const IN_PROGRESS = [2, 20];
const CANCELING = [2, 22];
const SUCCEEDED = [3, 30];
const FAILED = [3, 31];
const CANCELED = [3, 32];

/**
 * The operations of one organization.
 *
 * @param {object} clock
 * @param {(operation: object) => Promise<unknown>} announce  tells callbacks and events of an end; awaited
 */
export function backgroundOperations(clock, announce) {
  const operations = new Map();
  let changes = 0;
  let accepted = 0;

  function change(operation, [state, status]) {
    Object.assign(operation, { state, status, modifiedAt: clock.now(), version: (changes += 1) });
  }

  function begin(operation) {
    operation.attempts += 1;
    operation.startedAt = clock.now();
    operation.pending = null;
    change(operation, IN_PROGRESS);
    const { id, inputs, attempts: attempt } = operation;
    return execute(clock, { id, inputs, attempt }, (result) => afterAttempt(operation, result));
  }

  function afterAttempt(operation, { outputs, error }) {
    const canceled = operation.status === 22;
    if (outputs !== undefined) {
      // Who canceled no longer wants the outcome: an attempt that succeeds all the same leaves no outputs.
      if (!canceled) operation.outputs = outputs;
      return end(operation, canceled ? CANCELED : SUCCEEDED);
    }
    operation.error = error;
    if (canceled || error.code !== 0 || operation.attempts > MOST_RETRIES) return end(operation, FAILED);
    change(operation, IN_PROGRESS);
    operation.pending = clock.at(clock.now() + waitBefore(operation.attempts, operation.id), () =>
      begin(operation),
    );
    return undefined;
  }

  function end(operation, outcome) {
    operation.endedAt = clock.now();
    operation.pending = null;
    change(operation, outcome);
    return announce(operation);
  }

  function find(id) {
    const operation = operations.get(id);
    if (operation === undefined || !expired(operation, clock.now())) return operation;
    operations.delete(id);
    return undefined;
  }

  return {
    /** Takes an operation in; its first attempt is made when the clock next moves. */
    submit({ inputs, initiator, callbackUrl, origin }) {
      const id = randomUUID();
      const operation = {
        id,
        inputs,
        initiator,
        callbackUrl,
        location: `${origin}/api/backgroundoperation/${id}`,
        sequence: (accepted += 1),
        createdAt: clock.now(),
        startedAt: null,
        endedAt: null,
        attempts: 0,
        outputs: null,
        error: null,
        timeToLive: TIME_TO_LIVE_SECONDS,
      };
      change(operation, WAITING);
      operations.set(id, operation);
      operation.pending = clock.at(clock.now(), () => begin(operation));
      return operation;
    },

    /** The operation of that lower-case id; undefined when there is none, or none any more. */
    find,

    /** All that have not expired, oldest first. */
    all: () => [...operations.keys()].map(find).filter((operation) => operation !== undefined),

    /**
     * Asks for a cancellation. An attempt under way goes on; without one, what was planned is
     * dropped, and the operation ends when the clock next moves.
     *
     * @returns {boolean} false when the operation has already ended
     */
    cancel(operation) {
      if (operation.state === 3) return false;
      if (operation.status === 22) return true;
      change(operation, CANCELING);
      if (operation.pending !== null) {
        operation.pending.drop();
        operation.pending = clock.at(clock.now(), () => end(operation, CANCELED));
      }
      return true;
    },
  };
}

/** An operation lives for its time to live after its last change, and never expires before its end. */
function expired(operation, now) {
  return operation.state === 3 && now >= operation.modifiedAt + operation.timeToLive * 1000;
}

/**
 * The wait before a retry in milliseconds: about 7, 21 and 63 seconds. Each is off by up to a tenth,
 * always the same for the same operation, so that many that failed together do not come back together.
 */
function waitBefore(retry, id) {
  let hash = retry;
  for (const letter of id) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0;
  return Math.round(FIRST_WAIT * GROWTH ** (retry - 1) * (0.9 + (hash % 201) / 1000));
}
