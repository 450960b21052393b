import { createHash } from 'node:crypto';
import type { BodyText, Evidence } from '../record/evidence.ts';
import type { RawCheck } from '../record/outcome.ts';
import { drawnHistory } from './draw-history.ts';
import type { TrafficExchange, TrafficMessage } from './exchange.ts';
import type { TrafficOutcome } from './judge-clients.ts';
import type { Instance } from './rule.ts';
import type { TrafficOperation } from './traffic.ts';

/** Breaches of one clause that a report shows, and exchanges of one breach. */
const mostBreaches = 20;
const mostExchanges = 12;

/** Characters of a body that a report keeps. */
const bodyCharacters = 16_384;

/** What a record says of its clauses, as checks that verdicts can be derived from. */
export function checksOf(
  outcomes: readonly TrafficOutcome[],
  operations: readonly TrafficOperation[],
  startedAt: string,
): RawCheck[] {
  const byId = new Map(operations.map((one) => [one.id, one]));
  return outcomes.flatMap((outcome) => checksOfClause(outcome, byId, startedAt));
}

function checksOfClause(
  { clause, outcome, reason, instances, decided }: TrafficOutcome,
  operations: ReadonlyMap<string, TrafficOperation>,
  startedAt: string,
): RawCheck[] {
  const common = { clause, file: 'traffic', line: 0, durationMs: 0, startedAt } as const;
  if (outcome === 'unseen')
    return [
      {
        ...common,
        title: 'Looked for in the record',
        outcome: 'not-tested',
        reason: reason ?? '',
        evidence: [],
      },
    ];
  if (outcome === 'held') {
    const observed = instances.flatMap(({ seen }) => seen ?? []);
    const title = `Held wherever the record shows it (${decided})`;
    return [
      { ...common, title, outcome: 'passed', ...(observed.length === 0 ? {} : { observed }), evidence: [] },
    ];
  }
  return instances.slice(0, mostBreaches).map((one, index) => ({
    ...common,
    title: titleOf(one, index, instances.length, decided),
    outcome: 'failed' as const,
    reason: one.breach ?? '',
    evidence: [...historyOf(one, operations), ...one.exchanges.slice(0, mostExchanges).map(evidenceOf)],
  }));
}

/** The whole life of the operation that a breach is about, where there is more of it than a moment. */
function historyOf(one: Instance, operations: ReadonlyMap<string, TrafficOperation>): Evidence[] {
  const operation = operations.get(one.operation ?? '');
  return operation === undefined || operation.happenings.length < 2 ? [] : [drawnHistory(operation, one)];
}

function titleOf({ operation }: Instance, index: number, breaches: number, decided: number): string {
  const of = operation === undefined ? '' : ` of operation ${operation}`;
  return `Breach ${index + 1} of ${breaches} in ${decided}${of}`;
}

/** An exchange as a report shows it. */
function evidenceOf(exchange: TrafficExchange): Evidence {
  const { number, from, to, method, url, request, answer, credential, batch } = exchange;
  const who = credential?.key ?? (credential === undefined ? 'no credentials' : 'credentials');
  return {
    kind: 'exchange',
    at: new Date(from).toISOString(),
    durationMs: to - from,
    order: { from: number, to: number },
    principal: batch === undefined ? who : `${who}, in a part of a $batch`,
    request: { method, url, ...messageOf(request) },
    ...(answer === undefined
      ? { error: 'no answer is recorded' }
      : { response: { status: answer.status, ...messageOf(answer) } }),
  };
}

function messageOf({ headers, body }: TrafficMessage) {
  return { headers, ...(body === undefined ? {} : { body: shortened(body) }) };
}

function shortened(text: string): BodyText {
  if (text.length <= bodyCharacters) return { text };
  const sha256 = createHash('sha256').update(text).digest('hex');
  // It was masked as a whole when it was taken in.
  return { text: text.slice(0, bodyCharacters), cut: { bytes: Buffer.byteLength(text), sha256 } };
}
