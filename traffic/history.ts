import { judge } from '../specs/model/judge.ts';
import type { History, Judgement, Observation, Shown, Sight } from '../specs/model/history.ts';
import type { TrafficExchange } from './exchange.ts';
import type { Happening, ShownCodes } from './happening.ts';
import type { TrafficOperation } from './traffic.ts';

/** The whole life of one operation, judged, with the exchanges by the observations that they gave. */
export interface JudgedLife {
  readonly judgement: Judgement;
  readonly exchanges: ReadonlyMap<Observation, TrafficExchange>;
  readonly history: History;
}

/** The pairs that exist; what else is shown is a matter of another clause. */
const known = new Set(['0,0', '2,20', '2,22', '3,30', '3,31', '3,32']);

/** Observations of one operation that may overlap at once. */
const mostAtOnce = 30;

/** Judges the life of an operation by the oracle; undefined where its beginning or its states are not seen. */
export function judgedLife({ id, happenings, submission }: TrafficOperation): JudgedLife | undefined {
  if (submission === undefined) return undefined;
  const exchanges = new Map<Observation, TrafficExchange>();
  for (const one of happenings) {
    const sight = sightOf(one);
    if (sight === undefined) continue;
    const { from, to, answer } = one.exchange;
    // An acceptance whose answer came late began before: the target may have gone on meanwhile.
    if (sight.kind !== 'accepted' && answer === undefined && sight.kind !== 'callback') continue;
    exchanges.set({ operation: id, sight, from, to: sight.kind === 'accepted' ? from : to }, one.exchange);
  }
  const observations = [...exchanges.keys()];
  if (observations.length < 2 || overlapping(observations) > mostAtOnce) return undefined;
  const history: History = { observations, attemptsUnseen: true };
  return { judgement: judge(history), exchanges, history };
}

function sightOf(one: Happening): Sight | undefined {
  switch (one.kind) {
    case 'submission':
      return { kind: 'accepted' };
    case 'read': {
      const { resource, shown, exchange } = one;
      // A row can come late, and be cleared early; only the monitor tells that nothing is there.
      if (exchange.answer?.status === 404)
        return resource === 'monitor' ? { kind: 'missing', resource } : undefined;
      return shown !== undefined && known.has(`${shown.state},${shown.status}`)
        ? { kind: 'read', resource, shown: oracleShown(shown) }
        : undefined;
    }
    case 'cancellation': {
      if (one.way === 'delete-row' || one.way === 'put') return undefined;
      const { codes, exchange } = one;
      const way = one.way === 'delete' ? 'delete' : 'patch';
      const status = exchange.answer?.status ?? 0;
      if (way === 'patch' && (codes?.state !== 2 || codes.status !== 22)) return undefined;
      if (status >= 200 && status < 300) return { kind: 'cancel-accepted', way };
      return status === 409 ? { kind: 'cancel-refused', way } : undefined;
    }
    case 'callback':
    case 'event':
      return one.shown !== undefined && known.has(`${one.shown.state},${one.shown.status}`)
        ? { kind: one.kind, shown: oracleShown(one.shown) }
        : undefined;
    default:
      return undefined;
  }
}

/** States alone: what comes with them is decided by clauses of its own. */
function oracleShown({ state, status }: ShownCodes): Shown {
  return { state, status };
}

function overlapping(observations: readonly Observation[]): number {
  const points = observations
    .flatMap(({ from, to }) => [
      { at: from, change: 1 },
      { at: to, change: -1 },
    ])
    .sort((one, other) => one.at - other.at || other.change - one.change);
  let [open, most] = [0, 0];
  for (const { change } of points) most = Math.max(most, (open += change));
  return most;
}
