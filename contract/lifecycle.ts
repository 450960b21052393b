import { pairs, type Codes } from './vocabulary.ts';

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

/** The name of a pair of codes; undefined for codes that no operation can show together. */
export function pairName({
  state,
  status,
}: {
  readonly state: number;
  readonly status: number;
}): PairName | undefined {
  const entries = Object.entries(pairs) as [PairName, Codes][];
  return entries.find(([, codes]) => codes.state === state && codes.status === status)?.[0];
}

/** Whether a transition leads from one pair to the other in a single step. */
export function canFollow(from: PairName, to: PairName): boolean {
  return transitions.some((transition) => transition.from === from && transition.to === to);
}

/** The pairs that an event may lead to from a pair; none where the event cannot happen there. */
export function outcomes(from: PairName, event: LifecycleEvent): readonly PairName[] {
  return transitions.filter((one) => one.from === from && one.event === event).map(({ to }) => to);
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

/**
 * Whether one run can show these pairs one after the other, with any number of steps unseen between two
 * looks; seeing the same pair again needs no step.
 */
export function canBeSeen(sequence: readonly PairName[]): boolean {
  return sequence.every((pair, index) => {
    const before = sequence[index - 1];
    return before === undefined || before === pair || reachable(before).has(pair);
  });
}
