import { clauses } from '../../contract/clauses.ts';
import { sourceUrl } from '../../contract/clause.ts';
import { silences } from '../../contract/silences.ts';
import { defaultChoices, varyChoices, type Choices } from '../../simulator/choices.ts';
import { createRandom } from '../../simulator/core/random.ts';
import type { FaultRule } from '../../simulator/simulator.ts';

/** One thing in which a Dataverse differs from the most plausible one, and may. */
export type Freedom =
  | { readonly kind: 'choice'; readonly name: keyof Choices; readonly value: Choices[keyof Choices] }
  | { readonly kind: 'fault'; readonly name: FaultName };

/** The points of the documentation that leave a choice open, where they have a name there. */
const silenceOf: Readonly<Partial<Record<keyof Choices, string>>> = {
  retry: 'retry-schedule',
  retryPlatformErrors: 'retry-errors',
  platformRetries: 'retry-count',
  retryTimeOuts: 'time-limit',
  attemptLimitMs: 'time-limit',
  timeOutCode: 'time-limit',
  betweenAttempts: 'retry-state',
  canceledButSucceeded: 'canceled-outcome',
  canceledButFailed: 'canceled-outcome',
  errorBetweenAttempts: 'error-members',
  errorAfterRecovery: 'error-members',
  startTime: 'times',
  endTimeOfNeverStarted: 'times',
  keyValueTypes: 'parameter-values',
  emptyInputs: 'parameter-values',
  emptyOutputs: 'parameter-values',
  acceptedBody: 'accepted-body',
  retryAfter: 'accepted-retry-after',
  callbackApplied: 'preference-applied',
  plainCallback: 'callback-preference-name',
  connectorHeader: 'callback-header',
  headerAlone: 'callback-header',
  redelivery: 'delivery',
  refusedPatch: 'terminal-refusal',
  canceledAgain: 'cancel-twice',
  partialPatch: 'cancel-partial',
  withoutIfMatch: 'cancel-if-match',
  otherMessage: 'other-messages',
  asyncFunction: 'functions-and-bound',
  otherUser: 'cancel-other-user',
  capitalMonitorPath: 'monitor-path',
  ttlFrom: 'time-to-live',
  cancelingLabel: 'canceling-label',
  monitorContentType: 'monitor-content-type',
};

const faults = {
  'callback-lost': { match: { delivery: 'callback' }, deliver: 'drop', times: 1_000 },
  'callback-twice': { match: { delivery: 'callback' }, deliver: 'double', times: 1_000 },
  'monitor-503': { match: { path: '/api/backgroundoperation/*' }, status: 503, retryAfter: 1 },
  'monitor-429': { match: { path: '/api/backgroundoperation/*' }, status: 429, retryAfter: 1 },
  'answer-lost': { match: { method: 'POST', path: '/api/data/*' }, cut: true, when: 'after' },
} as const satisfies Record<string, FaultRule>;

/** The name of a documented fault. */
type FaultName = keyof typeof faults;

const faultWords: Readonly<Record<FaultName, string>> = {
  'callback-lost': 'callbacks can be lost on the way',
  'callback-twice': 'a callback can come twice: a sender whose answer was lost sends again',
  'monitor-503': 'any request can be answered 503',
  'monitor-429': 'any request can be answered 429 by service protection',
  'answer-lost': 'a connection can be cut after the work was done and before its answer',
};

/** The Dataverse of a seed: its freedoms in an order that does not depend on anything but the seed. */
export function freedomsOf(seed: number, withFaults: boolean): Freedom[] {
  const varied = varyChoices(seed);
  const random = createRandom(seed);
  const choices = (Object.keys(varied) as (keyof Choices)[])
    .filter((name) => JSON.stringify(varied[name]) !== JSON.stringify(defaultChoices[name]))
    .map((name): Freedom => ({ kind: 'choice', name, value: varied[name] }));
  const some = (Object.keys(faults) as FaultName[])
    .filter(() => random() < 0.4)
    .map((name): Freedom => ({ kind: 'fault', name }));
  return withFaults ? [...choices, ...some] : choices;
}

/** The choices that a set of freedoms makes. */
export function choicesOf(freedoms: readonly Freedom[]): Partial<Choices> {
  return Object.fromEntries(
    freedoms.flatMap((one) => (one.kind === 'choice' ? [[one.name, one.value]] : [])),
  ) as Partial<Choices>;
}

/** The faults that a set of freedoms has. */
export function faultsOf(freedoms: readonly Freedom[]): FaultRule[] {
  return freedoms.flatMap((one) => (one.kind === 'fault' ? [faults[one.name]] : []));
}

/** A freedom by its name, e.g. `upperCaseGuids=true`; as `bgop simulate --choose` takes it. */
export function nameOf(freedom: Freedom): string {
  if (freedom.kind === 'fault') return freedom.name;
  const { name, value } = freedom;
  return `${name}=${typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined')}`;
}

/** What a client relies on that cannot take a set of freedoms, with the place that leaves it open. */
export function reliance(freedoms: readonly Freedom[]): string {
  const together = freedoms.length === 1 ? '' : ' together';
  return `the client breaks with ${freedoms.map(nameOf).join(' and ')}${together}: ${freedoms.map(whyAllowed).join(' ')}`;
}

function whyAllowed(freedom: Freedom): string {
  if (freedom.kind === 'fault') return `${faultWords[freedom.name]}.`;
  const usual = JSON.stringify(defaultChoices[freedom.name]) ?? 'nothing';
  const relies = `It relies on ${freedom.name} being ${usual};`;
  const silence = silences.find(({ id }) => id === silenceOf[freedom.name]);
  if (silence === undefined) return `${relies} the documentation promises no such thing.`;
  const clause = clauses.find(({ id }) => id === silence.clauses[0]);
  const source = clause === undefined ? '' : ` (${sourceUrl(clause.source)})`;
  return `${relies} the documentation leaves it open: ${silence.question}${source}`;
}
