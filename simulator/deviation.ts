import type { ClauseId } from '../contract/clauses.ts';
import type { Behaviour } from './behaviour.ts';
import { contractBehaviour } from './behaviour.ts';
import type { Choices } from './choices.ts';

/** A simulator that is wrong in one way, for testing the suite: one file in `deviations/`. */
export interface Deviation {
  /** The name of its file: the clause's id, then a variant if there are several. */
  readonly name: string;
  /** The clause that it breaks. */
  readonly breaks: ClauseId;
  /** What it does wrong, in a sentence. */
  readonly summary: string;
  /** Clauses that fall with it, each with the reason why it cannot be otherwise. */
  readonly alsoBreaks?: Readonly<Partial<Record<ClauseId, string>>>;
  /** The decisions that it replaces, given those it builds on. Called once for each simulator. */
  readonly behaviour: (behaviour: Behaviour) => Partial<Behaviour>;
  /** Choices that it needs to be seen at all. */
  readonly choices?: Partial<Choices>;
}

/** Declares a deviation; keeps its file free of type annotations. */
export function defineDeviation(deviation: Deviation): Deviation {
  return deviation;
}

/** The options of a simulator that deviates so: `createSimulator({ ...deviated(list) })`. */
export function deviated(deviations: readonly Deviation[]): {
  readonly behaviour: Behaviour;
  readonly choices: Partial<Choices>;
} {
  const choices = deviations.reduce<Partial<Choices>>((all, each) => ({ ...all, ...each.choices }), {});
  return { behaviour: deviate(deviations), choices };
}

/** The behaviour with deviations on top of each other, the last uppermost. */
export function deviate(deviations: readonly Deviation[], from: Behaviour = contractBehaviour): Behaviour {
  return deviations.reduce((behaviour, each) => ({ ...behaviour, ...each.behaviour(behaviour) }), from);
}
