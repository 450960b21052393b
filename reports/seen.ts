import { changesIn } from '../harness/check/changes.ts';
import type { Evidence, Received } from '../record/evidence.ts';
import type { RawCheck } from '../record/outcome.ts';
import { observationOf } from './page/script/observe.ts';
import type { Seen, SeenBackoff } from '../record/seen.ts';

const keptBackoffs = 60;

/** What the evidence of all checks shows of the lifecycle; undefined when no operation was seen. */
export function seenIn(checks: readonly Pick<RawCheck, 'evidence'>[]): Seen | undefined {
  const operations = new Set<string>();
  const states = new Map<string, number>();
  const transitions = new Map<string, number>();
  const backoff = new Map<string, SeenBackoff>();
  for (const { evidence } of checks) {
    for (const piece of evidence) {
      const seen = observationOf(piece);
      if (seen === undefined) continue;
      operations.add(seen.operation);
      states.set(seen.codes, (states.get(seen.codes) ?? 0) + 1);
    }
    for (const { from, to } of changesIn(evidence)) {
      const key = `${from}>${to}`;
      transitions.set(key, (transitions.get(key) ?? 0) + 1);
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
  /** Undefined where the target cannot know it. */
  readonly attempt: number | undefined;
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

/**
 * From the call with which an attempt failed to the first call of the next; none where calls between
 * were left out of the evidence.
 */
function waitsOf(calls: readonly Call[]): number[] {
  return calls.flatMap((call, index) => {
    const before = calls[index - 1];
    if (before?.failed !== true) return [];
    const skipped =
      call.attempt !== undefined && before.attempt !== undefined && call.attempt > before.attempt + 1;
    return skipped ? [] : [Math.max(0, call.time - before.time)];
  });
}

function callOf({ body, answered, operationId }: Received): (Call & { operation: string }) | undefined {
  try {
    const { time, attempt, backgroundOperationId } = JSON.parse(body.text) as Record<string, unknown>;
    const operation = operationId ?? backgroundOperationId;
    if (typeof time !== 'string' || !Number.isFinite(Date.parse(time))) return undefined;
    if (typeof operation !== 'string') return undefined;
    return {
      operation: operation.toLowerCase(),
      attempt: typeof attempt === 'number' ? attempt : undefined,
      time: Date.parse(time),
      failed: /"outcome":\s*"fail"/.test(answered),
    };
  } catch {
    return undefined;
  }
}
