import { currentRunPlan, type Replay } from '../record/run-plan.ts';

const prefix = 'bgop1.';

/** A replay as one word, for `bgop replay`. */
export function replayToken(replay: Replay): string {
  return prefix + Buffer.from(JSON.stringify([replay.law, replay.seed, replay.path])).toString('base64url');
}

/** Reads a token; undefined where it is none. */
export function readReplayToken(token: string): Replay | undefined {
  if (!token.startsWith(prefix)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(token.slice(prefix.length), 'base64url').toString('utf8'));
    if (!Array.isArray(value)) return undefined;
    const [law, seed, path] = value as unknown[];
    if (typeof law !== 'string' || typeof seed !== 'number' || typeof path !== 'string') return undefined;
    return { law, seed, path };
  } catch {
    return undefined;
  }
}

/** The replay that the plan of the run asks for, if it is of this law. */
export function requestedReplay(law: string): Replay | undefined {
  const plan = currentRunPlan();
  return plan?.kind === 'verify' && plan.replay?.law === law ? plan.replay : undefined;
}

/** The kept counterexamples of a law. */
export function keptReplays(law: string, kept: readonly { readonly token: string }[]): Replay[] {
  return kept.flatMap(({ token }) => readReplayToken(token) ?? []).filter((replay) => replay.law === law);
}
