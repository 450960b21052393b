import { pairs, type Codes } from './vocabulary.ts';

/** The name of a pair of codes. */
export type PairName = keyof typeof pairs;

/** What moves an operation from one pair of codes to another. */
export type Cause =
  | 'an attempt starts'
  | 'an attempt succeeds'
  | 'an attempt fails and is retried'
  | 'the last attempt fails'
  | 'a cancellation is accepted'
  | 'a canceled operation comes to its end';

/** One legal transition. Several of one cause are alternatives that the documentation leaves open. */
export interface Transition {
  readonly from: PairName;
  readonly to: PairName;
  readonly cause: Cause;
}

/**
 * Every legal transition between pairs of codes. Where the documentation is silent (what a wait for a
 * retry looks like, what a canceled operation ends as) all alternatives stand here.
 */
export const transitions: readonly Transition[] = [
  { from: 'waiting', to: 'inProgress', cause: 'an attempt starts' },
  { from: 'waiting', to: 'canceling', cause: 'a cancellation is accepted' },
  { from: 'inProgress', to: 'succeeded', cause: 'an attempt succeeds' },
  { from: 'inProgress', to: 'failed', cause: 'the last attempt fails' },
  { from: 'inProgress', to: 'waiting', cause: 'an attempt fails and is retried' },
  { from: 'inProgress', to: 'inProgress', cause: 'an attempt fails and is retried' },
  { from: 'inProgress', to: 'canceling', cause: 'a cancellation is accepted' },
  { from: 'canceling', to: 'canceling', cause: 'a cancellation is accepted' },
  { from: 'canceling', to: 'succeeded', cause: 'a canceled operation comes to its end' },
  { from: 'canceling', to: 'failed', cause: 'a canceled operation comes to its end' },
  { from: 'canceling', to: 'canceled', cause: 'a canceled operation comes to its end' },
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
