import { explain, type Contradiction } from './explain.ts';
import type { History, Judgement, Observation } from './history.ts';
import { describeLife, describeObservation } from './words.ts';

/**
 * Decides whether a history is legal: whether every observation of every operation fits one run of the
 * lifecycle, concurrent ones included. If not, gives the shortest part that no run explains, and the
 * reason in words. Pure; the cost grows linearly with the history.
 */
export function judge(history: History): Judgement {
  for (const [operation, observations] of byOperation(history)) {
    const contradiction = explain(observations, history);
    if (contradiction === undefined) continue;
    const part = shorten(observations, contradiction, history);
    const last = explain(part, history) ?? contradiction;
    return { legal: false, operation, reason: reasonOf(last), part, contradiction: last.observation };
  }
  return { legal: true };
}

function byOperation(history: History): Map<string, Observation[]> {
  return Map.groupBy(history.observations, (one) => one.operation);
}

/**
 * Drops whatever is not needed for the contradiction: first all that opened after it, then what can go,
 * in halves and ever smaller pieces. An operation's acceptance always stays, since its life begins there;
 * an attempt goes only with its end, since one without the other would be another story.
 */
function shorten(
  observations: readonly Observation[],
  { observation }: Contradiction,
  history: History,
): Observation[] {
  let part = observations
    .filter((one) => one.from <= observation.to)
    .sort((one, other) => one.from - other.from);
  for (let size = Math.ceil(part.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < part.length;) {
      const without = part.filter((one, index) => index < start || index >= start + size || !mayGo(one));
      if (without.length < part.length && explain(without, history) !== undefined) part = without;
      else start += size;
    }
  }
  return part;
}

/** Only looks may go: what happened to the operation stays, or the rest would be explained by another story. */
function mayGo({ sight }: Observation): boolean {
  return (
    sight.kind === 'read' || sight.kind === 'callback' || sight.kind === 'event' || sight.kind === 'missing'
  );
}

function reasonOf({ observation, possible }: Contradiction): string {
  const seen = describeObservation(observation);
  const lives = [...new Set(possible.map(describeLife))];
  if (lives.length === 0) return `${seen}, and no state of the operation explains all that was seen`;
  if (observation.sight.kind === 'attempt-begins' && possible.every(({ canceled }) => canceled))
    return `${seen} although the operation had already been canceled`;
  return `${seen}; by then the operation could only be ${lives.join(', or ')}`;
}
