import type { Evidence, RawCheck, Received } from '../harness/evidence.ts';
import { observationOf } from './page/script/observe.ts';
import type { Seen, SeenBackoff } from './seen-types.ts';

const keptBackoffs = 60;

/** What the evidence of all checks shows of the lifecycle; undefined when no operation was seen. */
export function seenIn(checks: readonly Pick<RawCheck, 'evidence'>[]): Seen | undefined {
  const operations = new Set<string>();
  const states = new Map<string, number>();
  const transitions = new Map<string, number>();
  const backoff = new Map<string, SeenBackoff>();
  for (const { evidence } of checks) {
    const last = new Map<string, string>();
    for (const piece of evidence) {
      const seen = observationOf(piece);
      if (seen === undefined) continue;
      operations.add(seen.operation);
      states.set(seen.codes, (states.get(seen.codes) ?? 0) + 1);
      const before = last.get(seen.operation);
      if (before !== undefined && before !== seen.codes) {
        const key = `${before}>${seen.codes}`;
        transitions.set(key, (transitions.get(key) ?? 0) + 1);
      }
      last.set(seen.operation, seen.codes);
    }
    for (const waits of waitsIn(evidence)) backoff.set(waits.operation, waits);
  }
  if (operations.size === 0 && backoff.size === 0) return undefined;
  return {
    operations: operations.size,
    states: [...states].map(([codes, count]) => ({ codes, count })),
    transitions: [...transitions].map(([key, count]) => {
      const [from = '', to = ''] = key.split('>');
      return { from, to, count };
    }),
    backoff: [...backoff.values()].slice(0, keptBackoffs),
  };
}

interface Call {
  readonly attempt: number;
  readonly time: number;
  /** Whether the suite let the attempt fail with this call; one that ran into the time limit ended later. */
  readonly failed: boolean;
}

/** The waits between attempts, from the target's own time in the calls of the probe. */
function waitsIn(evidence: readonly Evidence[]): SeenBackoff[] {
  const calls = new Map<string, Call[]>();
  for (const piece of evidence) {
    if (piece.kind !== 'received' || piece.purpose !== 'probe') continue;
    const call = callOf(piece);
    if (call === undefined) continue;
    calls.set(call.operation, [...(calls.get(call.operation) ?? []), call]);
  }
  return [...calls].flatMap(([operation, made]) => {
    const waits = waitsOf(made);
    return waits.length === 0 ? [] : [{ operation, waits }];
  });
}

/** From the call with which an attempt failed to the first call of the next. */
function waitsOf(calls: readonly Call[]): number[] {
  return calls.flatMap((call, index) => {
    const before = calls[index - 1];
    if (before?.failed !== true || call.attempt !== before.attempt + 1) return [];
    return [call.time - before.time];
  });
}

function callOf({ body, answered }: Received): (Call & { operation: string }) | undefined {
  try {
    const { time, attempt, backgroundOperationId } = JSON.parse(body.text) as Record<string, unknown>;
    if (typeof time !== 'string' || typeof attempt !== 'number') return undefined;
    if (typeof backgroundOperationId !== 'string') return undefined;
    return {
      operation: backgroundOperationId.toLowerCase(),
      attempt,
      time: Date.parse(time),
      failed: /"outcome":\s*"fail"/.test(answered),
    };
  } catch {
    return undefined;
  }
}
