import { members, table } from '../../contract/vocabulary.ts';
import { isObject } from '../answer.ts';
import type { Evidence, Exchange } from '../../record/evidence.ts';
import { parseJson } from '../json.ts';
import { readCodes } from '../reading.ts';

/** The monitor or the row of an operation. */
interface Resource {
  readonly where: 'monitor' | 'row';
  readonly operation: string;
}

/** A read of one. */
interface Read extends Resource {
  readonly exchange: Exchange;
  /** Milliseconds that the suite had let the target's virtual clock move before. */
  readonly moved: number;
}

/** A read that showed the codes. */
interface Reading extends Read {
  readonly codes: string;
}

/** A change that two reads of one resource showed, of which the first had ended before the second began. */
export interface Change {
  readonly operation: string;
  readonly where: 'monitor' | 'row';
  readonly from: string;
  readonly to: string;
  /** Milliseconds between the two reads, of the target's time where the suite moves it. */
  readonly apart: number;
}

/**
 * The changes of codes that the reads of a check show for certain. Reads that were under way at the
 * same time have no order, so that no change is read off them: where such reads show different codes,
 * a change to or from them is left out.
 */
export function changesIn(evidence: readonly Evidence[]): Change[] {
  let moved = 0;
  const reads = evidence.flatMap((piece): Read[] => {
    if (piece.kind === 'advanced') moved += piece.milliseconds;
    const resource = piece.kind === 'exchange' ? readBy(piece) : undefined;
    return piece.kind !== 'exchange' || resource === undefined
      ? []
      : [{ ...resource, exchange: piece, moved }];
  });
  // Only reads of one resource are compared, for one may lag behind the other; one read alone tells of no change.
  const sources = [...Map.groupBy(reads, ({ where, operation }) => `${where} ${operation}`).values()];
  return sources.flatMap((of) => (of.length < 2 ? [] : changesOf(of.flatMap(readingOf))));
}

/** The resource that an exchange has read; what a cancellation answers is no read, for it may tell of the moment before or after. */
function readBy({ request, response }: Exchange): Resource | undefined {
  if (request.method !== 'GET' || response?.body === undefined || response.status >= 300) return undefined;
  return resourceOf(request.url);
}

/** What a read shows of its operation; nothing where its body has no codes. */
function readingOf(read: Read): Reading[] {
  const body = parseJson(read.exchange.response?.body?.text ?? '');
  const codes = isObject(body) ? readCodes(body, read.where === 'row' ? table : members) : undefined;
  return codes === undefined ? [] : [{ ...read, codes: `${codes.state},${codes.status}` }];
}

const address =
  /\/backgroundoperation(s?)[/(]([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/i;

/** The monitor or the row that a URL names; undefined where it names neither. */
export function resourceOf(url: string): Resource | undefined {
  const [, plural, id] = address.exec(url) ?? [];
  return id === undefined
    ? undefined
    : { where: plural === '' ? 'monitor' : 'row', operation: id.toLowerCase() };
}

function changesOf(readings: readonly Reading[]): Change[] {
  const groups = simultaneous(readings);
  return groups.flatMap((group, index): Change[] => {
    const before = groups[index - 1]?.at(-1);
    const [first] = group;
    if (before === undefined || first === undefined || before.codes === first.codes) return [];
    if (!isUniform(groups[index - 1] ?? []) || !isUniform(group)) return [];
    const passed = Date.parse(first.exchange.at) - Date.parse(before.exchange.at);
    const { operation, where } = first;
    const apart = Math.max(passed, first.moved - before.moved);
    return [{ operation, where, from: before.codes, to: first.codes, apart }];
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

/** Whether the answer of one exchange had come before the other's request left. */
function isBefore(a: Exchange, b: Exchange): boolean {
  if (a.order !== undefined && b.order !== undefined) return a.order.to < b.order.from;
  // Results of earlier versions have times only, in whole milliseconds.
  return Date.parse(a.at) + Math.max(1, Math.ceil(a.durationMs)) <= Date.parse(b.at);
}

function isUniform(group: readonly Reading[]): boolean {
  return new Set(group.map(({ codes }) => codes)).size <= 1;
}
