import { members, table } from '../../contract/vocabulary.ts';
import { isObject } from '../answer.ts';
import type { Evidence, Exchange } from '../../record/evidence.ts';
import { parseJson } from '../json.ts';
import { readCodes } from '../reading.ts';

/** A read of one resource of one operation that showed its codes. */
interface Reading {
  readonly where: 'monitor' | 'row';
  readonly operation: string;
  readonly codes: string;
  readonly exchange: Exchange;
  /** Milliseconds that the suite had let the target's virtual clock move before. */
  readonly moved: number;
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
  const readings = evidence.flatMap((piece): Reading[] => {
    if (piece.kind === 'advanced') moved += piece.milliseconds;
    const reading = piece.kind === 'exchange' ? readingOf(piece, moved) : undefined;
    return reading === undefined ? [] : [reading];
  });
  // Only reads of one resource are compared, for one may lag behind the other.
  const sources = Map.groupBy(readings, ({ where, operation }) => `${where} ${operation}`);
  return [...sources.values()].flatMap((of) => changesOf(of));
}

/** What an exchange shows of an operation; what a cancellation answers is no read, for it may tell of the moment before or after. */
function readingOf(exchange: Exchange, moved: number): Reading | undefined {
  const { request, response } = exchange;
  if (request.method !== 'GET' || response?.body === undefined || response.status >= 300) return undefined;
  const resource = resourceOf(request.url);
  const body = resource === undefined ? undefined : parseJson(response.body.text);
  if (resource === undefined || !isObject(body)) return undefined;
  const codes = readCodes(body, resource.where === 'row' ? table : members);
  return codes && { ...resource, codes: `${codes.state},${codes.status}`, exchange, moved };
}

const address =
  /\/backgroundoperation(s?)[/(]([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/i;

/** The monitor or the row that a URL names; undefined where it names neither. */
export function resourceOf(url: string): Pick<Reading, 'where' | 'operation'> | undefined {
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
