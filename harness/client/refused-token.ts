import { setTimeout as realSleep } from 'node:timers/promises';
import type { AuthConfig } from '../config.ts';
import { imposedWait } from '../stopwatch.ts';

/** How often one request is refused with 401, while the token is good, before that is the target's own answer. */
const timesToBeOwn = 3;
/** How often a token is looked at before it counts as dead. */
const looks = 3;
const pauseMs = 1_000;

/** How the token of one principal is looked at. */
export interface TokenLook {
  /** The status of a read that any target answers to this token. */
  readonly whoAmI: () => Promise<number>;
  /** Longest real time for which the token may be refused. */
  readonly waitMs: number;
  readonly now?: () => number;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

/** Whether a token that was accepted before is accepted no more; a gateway may refuse it once. */
export async function isDead({ whoAmI, waitMs, now, sleep = realSleep }: TokenLook): Promise<boolean> {
  const time = now ?? (() => performance.now());
  const began = time();
  for (let look = 1; (await whoAmI()) === 401; look += 1) {
    const over = time() - began >= waitMs;
    if (look >= looks && over) return true;
    if (look >= looks) await imposedWait(() => sleep(pauseMs));
  }
  return false;
}

/** Requests of a target that it refuses with 401 although the token is good. */
export class OwnRefusals {
  readonly #own = new Set<string>();

  /**
   * Sends a refused request again, which a target that refuses has not taken, as long as that may help.
   *
   * @param key what makes requests alike
   * @param again sends it once more; gives the answer
   * @returns the answer that counts, and whether it came in the end
   */
  async settle<A extends { readonly status: number }>(
    key: string,
    refused: A,
    again: () => Promise<A>,
  ): Promise<{ readonly answer: A; readonly recovered: boolean }> {
    if (this.#own.has(key)) return { answer: refused, recovered: false };
    for (let times = 1; times < timesToBeOwn; times += 1) {
      const answer = await again();
      if (answer.status !== 401) return { answer, recovered: true };
    }
    this.#own.add(key);
    return { answer: refused, recovered: false };
  }
}

/** Why a token is dead and what to do, in words. */
export function deadToken(used: AuthConfig): { readonly what: string; readonly wayOut: string } {
  const which = used.kind === 'bearer' ? `the token in ${used.tokenEnv}` : 'each token of this user';
  return {
    what: `the target refuses ${which}, which it took before the run`,
    wayOut:
      used.kind === 'bearer'
        ? 'it has expired or was revoked. Put a fresh one there, or let the suite renew it by itself: "auth": {"kind":"client-credentials", …}'
        : 'its access was revoked, or the target has forgotten its users',
  };
}
