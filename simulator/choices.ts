import { createRandom, pick, type Random } from './core/random.ts';
import type { AnswerForm, CallForm } from './http/forms.ts';
import { usualAnswers, usualCalls } from './http/forms.ts';

/**
 * Everything that the documentation leaves open and an implementation has to decide. The defaults
 * are the most plausible; any other combination conforms as well. `docs/simulator.md` explains each.
 */
export interface Choices {
  /** Wait before the first retry, the factor from one wait to the next, and the jitter (0.25: ±25 %). */
  readonly retry: { readonly baseMs: number; readonly factor: number; readonly jitter: number };
  /** Whether an error with a platform code, and a time-out, is retried. */
  readonly retryPlatformErrors: boolean;
  /** How often an error with a platform code is retried at most, where it is. */
  readonly platformRetries: 1 | 2 | 3;
  readonly retryTimeOuts: boolean;
  /** How long an attempt may run, and what its time-out is reported as. */
  readonly attemptLimitMs: number;
  readonly timeOutCode: number;
  /** What is shown while a retry is awaited. */
  readonly betweenAttempts: 'waiting' | 'inProgress';
  /** What a canceled operation ends as whose attempt succeeded, or failed. */
  readonly canceledButSucceeded: 'succeeded' | 'canceled';
  readonly canceledButFailed: 'failed' | 'canceled';
  /** Whether the error of a failed attempt is shown while a retry is awaited, and after recovery. */
  readonly errorBetweenAttempts: boolean;
  readonly errorAfterRecovery: boolean;
  /** Whether `starttime` is that of the first or of the latest attempt. */
  readonly startTime: 'first' | 'latest';
  /** Whether an operation that never started has an `endtime`. */
  readonly endTimeOfNeverStarted: boolean;
  /** When a retry is counted: as it starts, or all of them at the end. */
  readonly retriesCounted: 'atTheirStart' | 'atTheEnd';
  /** Whether values that are not text stand in Key/Value lists as JSON values or as strings. */
  readonly keyValueTypes: 'json' | 'strings';
  /** What the column shows for no inputs, and for no outputs. */
  readonly emptyInputs: '[]' | null;
  readonly emptyOutputs: '[]' | null;
  /** Whether the 202 has a body without a callback, and whether it has `Retry-After` (seconds). */
  readonly acceptedBody: boolean;
  readonly retryAfter: number | undefined;
  /** How `Preference-Applied` says that a callback will come. */
  readonly callbackApplied: string;
  /** Whether `Location` is absolute. */
  readonly absoluteLocation: boolean;
  /** Whether `callback; url=` and the connector's header request a callback too. */
  readonly plainCallback: boolean;
  readonly connectorHeader: boolean;
  /** What the connector's header does without `respond-async`: 202, 204, or nothing. */
  readonly headerAlone: 'accepted' | 'noContent' | 'synchronous';
  /** Whether a callback and an event follow a cancellation. */
  readonly callbackOnCancel: boolean;
  readonly eventOnCancel: boolean;
  /** Of which completions callback registrations are told, and whether their parameters are plain objects or lists. */
  readonly registrationsTold: 'all' | 'successes' | 'none';
  readonly registrationForm: 'objects' | 'lists';
  /** How often, how long after and for which answers a failed delivery is tried again. */
  readonly redelivery: { readonly times: number; readonly waitMs: number; readonly anyFailure: boolean };
  /** How the cancellation of a finished operation is refused. */
  readonly refusedDelete: { readonly status: number; readonly flat: boolean };
  readonly refusedPatch: { readonly status: number; readonly code: string };
  /** What canceling again answers with before the end. */
  readonly canceledAgain: 'accepted' | 'refused';
  /** What a PATCH does that sets one of the two codes only, or another pair. */
  readonly partialPatch: 'refused' | 'ignored' | 'canceled';
  /** What a PATCH without `If-Match` does. */
  readonly withoutIfMatch: 'upsert' | 'refused';
  /** What `respond-async` does to a message that is not a custom API. */
  readonly otherMessage: 'refused' | 'synchronous';
  /** What `respond-async` does to a function, which is called by GET. */
  readonly asyncFunction: 'accepted' | 'synchronous' | 'refused';
  /** What another privileged user may do with an operation. */
  readonly otherUser: 'cancel' | 'read' | 'nothing';
  /** Whether `/api/backgroundOperation/` answers too. */
  readonly capitalMonitorPath: boolean;
  /** What stands behind the path of the monitor's address, as a query or nothing. */
  readonly monitorQuery: '' | '?partition=a%2Fb&v=1';
  /** From when the time to live counts. */
  readonly ttlFrom: 'creation' | 'modification';
  /** Until how long after its creation a row cannot be read by its key once it has started, milliseconds. */
  readonly rowLagMs: number;
  /** The same in time of the machine, behind a virtual clock too; only a target over HTTP may. */
  readonly rowLagRealMs: number;
  /** Look of what is sent. */
  readonly dates: 'seconds' | 'milliseconds' | 'ticks' | 'trimmed';
  readonly headerCasing: 'documented' | 'lower' | 'upper';
  readonly memberOrder: 'documented' | 'reversed' | 'shuffled';
  readonly extraHeaders: boolean;
  readonly upperCaseGuids: boolean;
  readonly cancelingLabel: 'Canceling' | 'Cancelling';
  readonly monitorContentType: string;
  /** What `respond-async` does in a part of a `$batch`: nothing, as OData says, or what it does elsewhere. */
  readonly respondAsyncInBatch: 'ignored' | 'applied';
  /** The form of what the organization service answers: its prefixes, members without a value, unknown members. */
  readonly soapPrefixes: 'documented' | 'other';
  readonly soapNil: 'nil' | 'absent';
  readonly soapExtras: boolean;
  /** Which codes its faults have where the documentation names none. */
  readonly soapFaultCodes: 'likely' | 'general';
  /** How answers, and how calls of the probe, callbacks and webhooks, go over HTTP. */
  readonly answers: AnswerForm;
  readonly calls: CallForm;
}

/** The most plausible reading of the documentation where it is silent. */
export const defaultChoices: Choices = {
  retry: { baseMs: 30_000, factor: 2, jitter: 0 },
  retryPlatformErrors: true,
  platformRetries: 3,
  retryTimeOuts: true,
  attemptLimitMs: 120_000,
  timeOutCode: -2147204749,
  betweenAttempts: 'waiting',
  canceledButSucceeded: 'succeeded',
  canceledButFailed: 'failed',
  errorBetweenAttempts: false,
  errorAfterRecovery: false,
  startTime: 'first',
  endTimeOfNeverStarted: true,
  retriesCounted: 'atTheirStart',
  keyValueTypes: 'json',
  emptyInputs: '[]',
  emptyOutputs: null,
  acceptedBody: false,
  retryAfter: undefined,
  callbackApplied: 'callback',
  absoluteLocation: true,
  plainCallback: true,
  connectorHeader: true,
  headerAlone: 'accepted',
  callbackOnCancel: true,
  eventOnCancel: true,
  registrationsTold: 'all',
  registrationForm: 'objects',
  redelivery: { times: 1, waitMs: 5_000, anyFailure: false },
  refusedDelete: { status: 409, flat: true },
  refusedPatch: { status: 409, code: '0x80048d08' },
  canceledAgain: 'accepted',
  partialPatch: 'refused',
  withoutIfMatch: 'upsert',
  otherMessage: 'synchronous',
  asyncFunction: 'accepted',
  otherUser: 'cancel',
  capitalMonitorPath: true,
  monitorQuery: '',
  ttlFrom: 'modification',
  rowLagMs: 0,
  rowLagRealMs: 0,
  dates: 'seconds',
  headerCasing: 'documented',
  memberOrder: 'documented',
  extraHeaders: false,
  upperCaseGuids: false,
  cancelingLabel: 'Canceling',
  monitorContentType: 'application/json',
  respondAsyncInBatch: 'ignored',
  soapPrefixes: 'documented',
  soapNil: 'nil',
  soapExtras: false,
  soapFaultCodes: 'likely',
  answers: usualAnswers,
  calls: usualCalls,
};

/** A random combination of choices that conforms; the same seed gives the same one. */
export function varyChoices(seed: number): Choices {
  const random = createRandom(seed);
  const either = () => random() < 0.5;
  const between = (low: number, high: number) => Math.round(low + random() * (high - low));
  return {
    retry: {
      // Some wait for as much as twenty minutes.
      baseMs: between(1_000, 120_000) * (seed % 6 === 5 ? 10 : 1),
      factor: pick(random, [1.6, 2, 2.5, 3, 4]),
      jitter: pick(random, [0, 0, 0.1, 0.25]),
    },
    retryPlatformErrors: either(),
    retryTimeOuts: either(),
    attemptLimitMs: pick(random, [120_000, 120_000, 125_000, 135_000]),
    timeOutCode: pick(random, [-2147204751, -2147204750, -2147204749, -2146954991, -2147220956]),
    betweenAttempts: pick(random, ['waiting', 'inProgress']),
    canceledButSucceeded: pick(random, ['succeeded', 'canceled']),
    canceledButFailed: pick(random, ['failed', 'canceled']),
    errorBetweenAttempts: either(),
    errorAfterRecovery: either(),
    startTime: pick(random, ['first', 'latest']),
    endTimeOfNeverStarted: either(),
    keyValueTypes: pick(random, ['json', 'strings']),
    emptyInputs: pick(random, ['[]', null]),
    emptyOutputs: pick(random, ['[]', null]),
    acceptedBody: either(),
    retryAfter: pick(random, [undefined, 1, 60]),
    callbackApplied: pick(random, ['callback', 'respond-async, callback', 'callback,respond-async']),
    absoluteLocation: true,
    plainCallback: either(),
    connectorHeader: either(),
    callbackOnCancel: true,
    eventOnCancel: true,
    redelivery: {
      times: pick(random, [0, 1, 2, 3]),
      waitMs: between(1, 60_000),
      anyFailure: either(),
    },
    refusedDelete: defaultChoices.refusedDelete,
    refusedPatch: pick(random, [
      { status: 409, code: '0x80048d08' },
      { status: 400, code: '0x80040265' },
      { status: 412, code: '' },
    ]),
    canceledAgain: pick(random, ['accepted', 'accepted', 'refused']),
    partialPatch: pick(random, ['refused', 'ignored', 'canceled']),
    withoutIfMatch: pick(random, ['upsert', 'refused']),
    otherMessage: pick(random, ['refused', 'synchronous']),
    otherUser: pick(random, ['cancel', 'read', 'nothing']),
    capitalMonitorPath: either(),
    ttlFrom: pick(random, ['creation', 'modification']),
    rowLagMs: pick(random, [0, 0, between(1, 5_000)]),
    rowLagRealMs: 0,
    dates: pick(random, ['seconds', 'milliseconds', 'ticks', 'trimmed']),
    headerCasing: pick(random, ['documented', 'lower', 'upper']),
    memberOrder: pick(random, ['documented', 'reversed', 'shuffled']),
    extraHeaders: either(),
    upperCaseGuids: either(),
    cancelingLabel: pick(random, ['Canceling', 'Cancelling']),
    monitorContentType: pick(random, [
      'application/json',
      'application/json; charset=utf-8',
      'application/json; odata.metadata=minimal',
    ]),
    respondAsyncInBatch: pick(random, ['ignored', 'applied']),
    asyncFunction: pick(random, ['accepted', 'synchronous', 'refused']),
    soapPrefixes: pick(random, ['documented', 'other']),
    soapNil: pick(random, ['nil', 'absent']),
    soapExtras: either(),
    soapFaultCodes: pick(random, ['likely', 'general']),
    headerAlone: pick(random, ['accepted', 'noContent', 'synchronous']),
    ...laterChoices(createRandom(seed ^ 0x5bd1e995), seed),
  };
}

/** Choices that came later, from numbers of their own, so that the earlier ones of a seed stay what they were. */
function laterChoices(random: Random, seed: number): Pick<Choices, LaterChoice> {
  const either = () => random() < 0.5;
  return {
    platformRetries: pick(random, [1, 2, 3]),
    retriesCounted: seed % 5 === 3 ? 'atTheEnd' : 'atTheirStart',
    monitorQuery: seed % 4 === 1 ? '?partition=a%2Fb&v=1' : '',
    calls: {
      body: pick(random, ['length', 'chunks', 'expect']),
      headerCasing: pick(random, ['documented', 'lower', 'upper']),
      charset: pick(random, ['documented', 'always', 'never']),
    },
    answers:
      seed % 2 === 0
        ? usualAnswers
        : {
            version: pick(random, ['1.0', '1.1', '1.1']),
            keepAlive: either(),
            body: pick(random, ['length', 'chunks', 'bytes']),
            coding: pick(random, ['none', 'gzip', 'deflate', 'br']),
            interim: pick<AnswerForm['interim']>(random, [[], [103], [102, 103]]),
            spaces: either(),
            dateSkewMs: pick(random, [0, -3_600_000, 86_400_000]),
            delayMs: pick(random, [0, 0, 3]),
          },
    registrationsTold: pick(random, ['all', 'all', 'successes', 'none']),
    registrationForm: pick(random, ['objects', 'lists']),
  };
}

type LaterChoice =
  | 'platformRetries'
  | 'retriesCounted'
  | 'monitorQuery'
  | 'calls'
  | 'answers'
  | 'registrationsTold'
  | 'registrationForm';
