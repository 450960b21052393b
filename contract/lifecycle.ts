import { pairs } from './vocabulary.ts';

/** The name of a pair of codes. */
export type PairName = keyof typeof pairs;

/** What happens to an operation. */
export type LifecycleEvent =
  | 'an attempt starts'
  | 'an attempt succeeds'
  | 'an attempt fails and is retried'
  | 'the last attempt fails'
  | 'a cancellation comes before the first attempt'
  | 'a cancellation comes during an attempt'
  | 'a cancellation comes between two attempts'
  | 'another cancellation comes before the end'
  | 'it ends, canceled before its first attempt'
  | 'its attempt succeeds after the cancellation'
  | 'its attempt fails after the cancellation'
  | 'it ends, canceled between two attempts';

/** One legal transition between the pairs of codes that an operation shows. */
export interface Transition {
  readonly event: LifecycleEvent;
  readonly from: PairName;
  readonly to: PairName;
  /**
   * Set where the documentation leaves the outcome open: another transition of the same event from the
   * same pair, or from the pair that another target shows at that moment, is as legal.
   */
  readonly open?: true;
}

/**
 * Every legal transition. While a retry is awaited a target shows `waiting` or `inProgress`; it is not
 * said which, so events that meet an operation there stand for both. What a canceled operation ends as,
 * once it had started, is not said either.
 */
export const transitions: readonly Transition[] = [
  { event: 'an attempt starts', from: 'waiting', to: 'inProgress' },
  { event: 'an attempt starts', from: 'inProgress', to: 'inProgress', open: true },
  { event: 'an attempt succeeds', from: 'inProgress', to: 'succeeded' },
  { event: 'an attempt fails and is retried', from: 'inProgress', to: 'waiting', open: true },
  { event: 'an attempt fails and is retried', from: 'inProgress', to: 'inProgress', open: true },
  { event: 'the last attempt fails', from: 'inProgress', to: 'failed' },
  { event: 'a cancellation comes before the first attempt', from: 'waiting', to: 'canceling' },
  { event: 'a cancellation comes during an attempt', from: 'inProgress', to: 'canceling' },
  { event: 'a cancellation comes between two attempts', from: 'waiting', to: 'canceling', open: true },
  { event: 'a cancellation comes between two attempts', from: 'inProgress', to: 'canceling', open: true },
  { event: 'another cancellation comes before the end', from: 'canceling', to: 'canceling' },
  { event: 'it ends, canceled before its first attempt', from: 'canceling', to: 'canceled' },
  { event: 'its attempt succeeds after the cancellation', from: 'canceling', to: 'succeeded', open: true },
  { event: 'its attempt succeeds after the cancellation', from: 'canceling', to: 'canceled', open: true },
  { event: 'its attempt fails after the cancellation', from: 'canceling', to: 'failed', open: true },
  { event: 'its attempt fails after the cancellation', from: 'canceling', to: 'canceled', open: true },
  { event: 'it ends, canceled between two attempts', from: 'canceling', to: 'failed', open: true },
  { event: 'it ends, canceled between two attempts', from: 'canceling', to: 'canceled', open: true },
];

/** Whether a transition leads from one pair to the other in a single step. */
export function canFollow(from: PairName, to: PairName): boolean {
  return transitions.some((transition) => transition.from === from && transition.to === to);
}

/** Every pair that can be shown at some time after the given one; itself only where it can return. */
export function reachable(from: PairName): ReadonlySet<PairName> {
  const reached = new Set<PairName>();
  const open: PairName[] = [from];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { from: start, to } of transitions) {
      if (start !== next || reached.has(to)) continue;
      reached.add(to);
      open.push(to);
    }
  }
  return reached;
}

const names = Object.keys(pairs) as PairName[];
/** Every change that two looks at an operation can show, e.g. "0,0>3,30". */
const visibleChanges: ReadonlySet<string> = new Set(
  names.flatMap((from) => [...reachable(from)].map((to) => `${written(from)}>${written(to)}`)),
);

/**
 * Whether some run of the lifecycle leads from one pair of codes to another, e.g. from "0,0" to "3,30":
 * observations may lie far apart, so that the states between were not seen.
 */
export function isAllowedTransition(from: string, to: string): boolean {
  return from === to || visibleChanges.has(`${from}>${to}`);
}

function written(name: PairName): string {
  const { state, status } = pairs[name];
  return `${state},${status}`;
}

const knownPairs: ReadonlySet<string> = new Set(
  Object.values(pairs).map(({ state, status }) => `${state},${status}`),
);

/** Whether a state code and a status code are one of the six pairs that an operation can show. */
export function isKnownPair(state: number, status: number): boolean {
  return knownPairs.has(`${state},${status}`);
}
