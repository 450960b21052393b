import { clauses } from '../../contract/clauses.ts';
import { sourceUrl } from '../../contract/clause.ts';
import { silences } from '../../contract/silences.ts';
import { defaultChoices, varyChoices, type Choices } from '../../simulator/choices.ts';
import { createRandom } from '../../simulator/core/random.ts';
import type { FaultRule } from '../../simulator/simulator.ts';

/** One thing in which a Dataverse differs from the most plausible one, and may. */
export type Freedom =
  | {
      readonly kind: 'choice';
      readonly name: keyof Choices;
      /** Of one whose members have nothing to do with each other: the member that differs, and nothing else. */
      readonly value: unknown;
      readonly member?: string;
    }
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
  callbackOnCancel: 'notify-canceled',
  eventOnCancel: 'notify-canceled',
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

/** Choices whose members have nothing to do with each other: each member is a freedom of its own. */
const apart: readonly (keyof Choices)[] = ['answers', 'calls'];

/** Tells seeds of what only clients meet from those of the rest. */
const ofClients = 0x2545f491;

/** The choices of a seed that a client meets. */
function variedFor(seed: number): Choices {
  const varied = varyChoices(seed);
  const random = createRandom(seed ^ ofClients);
  return {
    ...varied,
    // That a cancellation is told is a recommendation only: a target may leave it, and a client has to cope.
    callbackOnCancel: random() < 0.5,
    eventOnCancel: random() < 0.5,
    // `fetch` of Node and Python's `http.client` leave white space behind a value: no client can help that.
    answers: { ...varied.answers, spaces: defaultChoices.answers.spaces },
  };
}

/** The Dataverse of a seed: its freedoms in an order that does not depend on anything but the seed. */
export function freedomsOf(seed: number, withFaults: boolean): Freedom[] {
  const varied = variedFor(seed);
  const random = createRandom(seed);
  const choices = (Object.keys(varied) as (keyof Choices)[]).flatMap((name): Freedom[] => {
    const [value, usual] = [varied[name], defaultChoices[name]];
    if (isSame(value, usual)) return [];
    if (!apart.includes(name)) return [{ kind: 'choice', name, value }];
    return Object.entries(value as object)
      .filter(([member, each]) => !isSame(each, membersOf(usual)[member]))
      .map(([member, each]) => ({ kind: 'choice', name, member, value: { [member]: each as unknown } }));
  });
  const some = (Object.keys(faults) as FaultName[])
    .filter(() => random() < 0.4)
    .map((name): Freedom => ({ kind: 'fault', name }));
  return withFaults ? [...choices, ...some] : choices;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return value as Readonly<Record<string, unknown>>;
}

/** The choices that a set of freedoms makes. */
export function choicesOf(freedoms: readonly Freedom[]): Partial<Choices> {
  const chosen: Record<string, unknown> = {};
  for (const one of freedoms) {
    if (one.kind === 'fault') continue;
    const { name, value, member } = one;
    const before = chosen[name] ?? defaultChoices[name];
    chosen[name] = member === undefined ? value : { ...membersOf(before), ...membersOf(value) };
  }
  return chosen;
}

/** What a freedom is about, whatever its value: two freedoms about the same exclude each other. */
export function subjectOf(freedom: Freedom): string {
  return freedom.kind === 'choice' && freedom.member !== undefined
    ? `${freedom.name}.${freedom.member}`
    : freedom.name;
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
  const whole = defaultChoices[freedom.name];
  const usual = freedom.member === undefined ? whole : membersOf(whole)[freedom.member];
  const relies = `It relies on ${subjectOf(freedom)} being ${JSON.stringify(usual) ?? 'nothing'};`;
  const silence = silences.find(({ id }) => id === silenceOf[freedom.name]);
  if (silence === undefined) return `${relies} the documentation promises no such thing.`;
  const clause = clauses.find(({ id }) => id === silence.clauses[0]);
  const source = clause === undefined ? '' : ` (${sourceUrl(clause.source)})`;
  return `${relies} the documentation leaves it open: ${silence.question}${source}`;
}
