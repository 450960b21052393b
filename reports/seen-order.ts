import type { Evidence, Exchange } from '../harness/evidence.ts';
import { observationOf } from './page/script/observe.ts';
import { isBefore } from './page/script/order.ts';

/** A read of one resource of one operation that showed its codes. */
interface Reading {
  readonly operation: string;
  readonly codes: string;
  /** Resource and operation: only reads of one resource are compared, for one may lag behind the other. */
  readonly source: string;
  readonly exchange: Exchange;
}

/** A change that two reads of one resource showed, of which the first had ended before the second began. */
export interface Change {
  readonly operation: string;
  readonly from: string;
  readonly to: string;
}

/**
 * The changes of codes that the reads of a check show for certain. Reads that were under way at the
 * same time have no order, so that no change is read off them: where such reads show different codes,
 * a change to or from them is left out.
 */
export function changesIn(evidence: readonly Evidence[]): Change[] {
  const readings = evidence.flatMap((piece): Reading[] => {
    if (piece.kind !== 'exchange') return [];
    const seen = observationOf(piece);
    // What a cancellation answers is no read: it may tell of the moment before or after.
    if (seen === undefined || piece.request.method !== 'GET') return [];
    return [{ ...seen, source: `${seen.where} ${seen.operation}`, exchange: piece }];
  });
  return [...Map.groupBy(readings, ({ source }) => source).values()].flatMap((of) => changesOf(of));
}

function changesOf(readings: readonly Reading[]): Change[] {
  const groups = simultaneous(readings);
  return groups.flatMap((group, index) => {
    const before = groups[index - 1]?.at(-1);
    const [first] = group;
    if (before === undefined || first === undefined || before.codes === first.codes) return [];
    const known = isUniform(groups[index - 1] ?? []) && isUniform(group);
    return known ? [{ operation: first.operation, from: before.codes, to: first.codes }] : [];
  });
}

/** The readings in their order, those together whose requests overlap, directly or over others. */
function simultaneous(readings: readonly Reading[]): Reading[][] {
  const groups: Reading[][] = [];
  for (const reading of readings) {
    // The evidence is in the order in which the answers came, so a late one may overlap several groups.
    let start = groups.length;
    while (start > 0 && groups[start - 1]?.some((one) => !isBefore(one.exchange, reading.exchange)) === true)
      start -= 1;
    groups.splice(start, groups.length - start, [...groups.slice(start).flat(), reading]);
  }
  return groups;
}

function isUniform(group: readonly Reading[]): boolean {
  return new Set(group.map(({ codes }) => codes)).size <= 1;
}
