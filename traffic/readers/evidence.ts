import type { RawExchange } from '../take-in.ts';
import { archiveEntry } from './har.ts';
import { entryExchange } from './lines.ts';
import { fieldsOf, isRecord, numberOf, textOf } from './values.ts';

/**
 * The exchanges in a document that is small enough to be read as a whole: a report's `conformance.json` or
 * one of its `evidence/*.json`, the journal of the simulator's control interface, or a list of either.
 */
export function exchangesIn(document: unknown): RawExchange[] {
  const found = new Map<string, RawExchange>();
  collect(document, found, 0);
  return [...found.values()];
}

/** Deeper than this no document of ours has exchanges. */
const deepest = 8;

function collect(value: unknown, found: Map<string, RawExchange>, depth: number): void {
  if (depth > deepest) return;
  if (Array.isArray(value)) {
    for (const one of value) collect(one, found, depth + 1);
    return;
  }
  if (!isRecord(value)) return;
  const exchange =
    entryOfArchive(value) ??
    pieceExchange(value) ??
    (isRecord(value['request']) ? undefined : entryExchange(value));
  if (exchange === undefined) {
    for (const one of Object.values(value)) collect(one, found, depth + 1);
    return;
  }
  // The same exchange stands in several checks of a report.
  const { from, durationMs, method, url } = exchange;
  found.set(`${from} ${String(value['number'] ?? durationMs)} ${method} ${url}`, exchange);
}

/** An entry of an archive, of which somebody has taken the list alone. */
function entryOfArchive(value: Record<string, unknown>): RawExchange | undefined {
  const entry = 'startedDateTime' in value ? archiveEntry(value) : undefined;
  return entry === 'unplaced' ? undefined : entry;
}

/** A piece of evidence: an exchange, or what the listener received. */
function pieceExchange(piece: Record<string, unknown>): RawExchange | undefined {
  const { kind, request, response, at, virtualTime } = piece;
  const virtual = textOf(virtualTime);
  const from = Date.parse(virtual || textOf(at));
  if (Number.isNaN(from)) return undefined;
  if (kind === 'exchange' && isRecord(request)) {
    const answer = isRecord(response) ? response : {};
    return {
      from,
      durationMs: virtual === '' ? numberOf(piece['durationMs']) : 0,
      method: textOf(request['method']),
      url: textOf(request['url']),
      headers: fieldsOf(request['headers']),
      body: bodyText(request['body']),
      status: numberOf(answer['status']),
      answerHeaders: fieldsOf(answer['headers']),
      answerBody: bodyText(answer['body']),
    };
  }
  if (kind !== 'received' || piece['purpose'] === 'probe') return undefined;
  return {
    from,
    durationMs: 0,
    method: textOf(piece['method']),
    url: textOf(piece['url']),
    headers: fieldsOf(piece['headers']),
    body: bodyText(piece['body']),
    status: statusIn(textOf(piece['answered'])),
  };
}

/** The status that the listener answered; undefined where it did so on purpose in another way, or not at all. */
function statusIn(answered: string): number | undefined {
  const found = /\b([1-5]\d\d)\b/.exec(answered)?.[1];
  return found === undefined ? undefined : Number(found);
}

function bodyText(body: unknown): string {
  return isRecord(body) ? textOf(body['text']) : '';
}
