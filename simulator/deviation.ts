import type { ClauseId } from '../contract/clauses.ts';
import type { Behaviour } from './behaviour.ts';
import { contractBehaviour } from './behaviour.ts';
import type { Choices } from './choices.ts';

/**
 * One way to get a clause wrong: a variant in the clause’s file in `deviations/`.
 *
 * @public named by the declarations of those files
 */
export interface Variant {
  /** What it does wrong, in a sentence. */
  readonly summary: string;
  /** Clauses that fall with it, each with the reason why it cannot be otherwise. */
  readonly alsoBreaks?: Readonly<Partial<Record<ClauseId, string>>>;
  /** The decisions that it replaces, given those it builds on. Called once for each simulator. */
  readonly behaviour: (behaviour: Behaviour) => Partial<Behaviour>;
  /**
   * Whether the self-test tries it on the checks of its clause and on those that look at operations whole alone: one of
   * many of a kind, of which the others tell what falls with them.
   */
  readonly narrow?: true;
  /** Choices that it needs to be seen at all. */
  readonly choices?: Partial<Choices>;
}

/** The variants of one clause, by the word that follows the clause's id in the deviation's name. */
export type Variants = Readonly<Record<string, Variant>>;

/** A simulator that is wrong in one way, for testing the suite. */
export interface Deviation extends Variant {
  /** The clause's id, a hyphen, and the variant: `callback.once-twice`. */
  readonly name: string;
  /** The clause that it breaks. */
  readonly breaks: ClauseId;
}

/** Declares the deviations of a clause; keeps its file free of type annotations. */
export function defineDeviations(variants: Variants): Variants {
  return variants;
}

/** The options of a simulator that deviates so: `createSimulator(deviated(list))`. */
export function deviated(deviations: readonly Variant[]): {
  readonly behaviour: Behaviour;
  readonly choices: Partial<Choices>;
} {
  const choices = deviations.reduce<Partial<Choices>>((all, each) => ({ ...all, ...each.choices }), {});
  return { behaviour: deviate(deviations), choices };
}

/** The behaviour with deviations on top of each other, the last uppermost. */
function deviate(deviations: readonly Variant[], from: Behaviour = contractBehaviour): Behaviour {
  return deviations.reduce((behaviour, each) => ({ ...behaviour, ...each.behaviour(behaviour) }), from);
}
