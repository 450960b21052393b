import type { Principal } from './auth.ts';
import type { Client } from './client.ts';
import { Operation } from './operation.ts';
import type { Target } from './target.ts';

/**
 * Operations that lived for one check and are looked at by others of the same process: where several laws are about
 * the same lives, each is lived once.
 */
export class Lives {
  readonly #lived = new Map<string, unknown>();

  /**
   * Judges a life: the one of that name if there is one, else a new one. One that was judged badly, or that something
   * from outside may have spoiled, is lived anew by whoever asks next, a repetition for the evidence included.
   *
   * @param name what is lived, the same for all who share it
   */
  async judge<T>(
    name: string,
    { steady }: Pick<Target, 'steady'>,
    live: () => Promise<T>,
    judge: (lived: T) => void | Promise<void>,
  ): Promise<void> {
    const lived = this.#lived.has(name) ? (this.#lived.get(name) as T) : await live();
    this.#lived.delete(name);
    await judge(lived);
    if (steady?.interrupted === undefined) this.#lived.set(name, lived);
  }

  /** Forgets all of them: the target may have lost them, or something from outside may have met them. */
  forget(): void {
    this.#lived.clear();
  }
}

/** An operation that another check may have submitted; what its answers show from now on is told by this check. */
export function seenBy(
  { target, as }: { readonly target: Target; readonly as: (principal: Principal) => Client },
  { parts }: Operation,
): Operation {
  return new Operation(target, as, parts);
}
