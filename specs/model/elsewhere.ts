import type { ClauseId } from '../../contract/clauses.ts';
import { judge } from './judge.ts';
import type { History, Shown, Sight } from './history.ts';

/** Something that a history shows and that a clause of its own decides, with the sight free of it. */
interface Detail {
  readonly clause: ClauseId;
  /** The sight without the detail; undefined where nothing is left of it. */
  readonly without: (sight: Sight) => Sight | undefined;
}

type Place = 'monitor' | 'row' | 'callback';

const details: readonly Detail[] = [
  member('monitor.error-only-on-failure', 'monitor', 'error', true),
  member('monitor.error-on-failure', 'monitor', 'error', false),
  member('monitor.outputs-only-on-success', 'monitor', 'outputs', true),
  member('table.error-columns', 'row', 'error'),
  member('retry.count', 'row', 'retryCount'),
  member('callback.error-only-on-failure', 'callback', 'error', true),
  member('callback.error-on-failure', 'callback', 'error', false),
  whole('callback.codes', 'callback'),
  whole('event.outputs', 'event'),
  whole('cancel.running-accepted', 'cancel-refused'),
  whole('submit.monitor-exists', 'missing'),
];

/**
 * The clause that an illegal history is a matter of, where it would be legal but for details that are
 * not the lifecycle's: what comes with the codes, a delivery, a refusal. Undefined where the states,
 * the attempts and the cancellations alone fit no life.
 */
export function brokenElsewhere(history: History): ClauseId | undefined {
  if (!judge(details.reduce(withoutDetail, history)).legal) return undefined;
  const alone = details.find((detail) => judge(withoutDetail(history, detail)).legal);
  if (alone !== undefined) return isDelivery(alone) && endsAsDelivered(history) ? undefined : alone.clause;
  // Several together: the first one without which the others are all there is.
  let rest = history;
  for (const detail of details) {
    const next = withoutDetail(rest, detail);
    if (judge(next).legal) return isDelivery(detail) && endsAsDelivered(history) ? undefined : detail.clause;
    rest = next;
  }
  return undefined;
}

function isDelivery({ clause }: Detail): boolean {
  return clause === 'callback.codes' || clause === 'event.outputs';
}

/**
 * Whether a delivery told of a completion with codes that are none, and the monitor shows the same to the last:
 * then it is the life that is wrong, and the delivery tells it as it is.
 */
function endsAsDelivered({ observations }: History): boolean {
  return observations.some(({ operation, sight, to }) => {
    if (sight.kind !== 'callback' && sight.kind !== 'event') return false;
    const last = observations.findLast(
      (one) =>
        one.operation === operation &&
        one.from > to &&
        one.sight.kind === 'read' &&
        one.sight.resource === 'monitor',
    )?.sight;
    const { state, status } = sight.shown;
    return state !== 3 && last?.kind === 'read' && last.shown.state === state && last.shown.status === status;
  });
}

function withoutDetail(history: History, { without }: Detail): History {
  return {
    ...history,
    observations: history.observations.flatMap((one) => {
      const sight = without(one.sight);
      return sight === undefined ? [] : [{ ...one, sight }];
    }),
  };
}

/** A member of what is shown somewhere; all its values, or just one. */
function member(clause: ClauseId, place: Place, name: keyof Shown, value?: boolean): Detail {
  const without = (sight: Sight): Sight => {
    if (sight.kind !== 'read' && sight.kind !== 'callback') return sight;
    if (place !== (sight.kind === 'read' ? sight.resource : sight.kind)) return sight;
    if (value !== undefined && sight.shown[name] !== value) return sight;
    return { ...sight, shown: { ...sight.shown, [name]: undefined } };
  };
  return { clause, without };
}

/** Every sight of a kind. */
function whole(clause: ClauseId, kind: Sight['kind']): Detail {
  return { clause, without: (sight) => (sight.kind === kind ? undefined : sight) };
}
