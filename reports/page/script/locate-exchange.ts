import type { Evidence, Exchange, Mismatch, Received } from '../../../record/evidence.ts';
import { observationOf, operationOf, parsed } from './observe.ts';

/** Shorter values stand in too many places to tell one from another. */
const shortestValue = 6;

/**
 * The exchange or delivery in which the difference of the last mismatch shows: the one that holds the
 * value that came, or has the members, the method or the resource that the mismatch speaks of. Of
 * several the newest; undefined when nothing speaks for any.
 */
export function locateExchange(evidence: readonly Evidence[]): Exchange | Received | undefined {
  const mismatch = evidence.findLast((piece) => piece.kind === 'mismatch');
  if (mismatch === undefined) return undefined;
  let best: Exchange | Received | undefined;
  let most = 0;
  for (const piece of evidence) {
    if (piece.kind !== 'exchange' && piece.kind !== 'received') continue;
    const score = points(piece, mismatch);
    if (score > 0 && score >= most) [best, most] = [piece, score];
  }
  return (
    best ??
    evidence.filter((piece) => piece.kind === 'received').findLast((piece) => isCounted(piece, mismatch))
  );
}

/** The deliveries that a mismatch counts or times, by what it calls them. */
const deliveryWords: Readonly<Record<Received['purpose'], RegExp | undefined>> = {
  callback: /\bcallbacks?\b/i,
  event: /\b(?:webhook|events?)\b/i,
  probe: /\battempts?\b/i,
  unexpected: undefined,
};

/** Whether a delivery is one of those of which there were too many, or which came too early or too late. */
function isCounted({ purpose }: Received, { subject, actual }: Mismatch): boolean {
  if (actual === '0' || actual === 'none') return false;
  return deliveryWords[purpose]?.test(subject) === true;
}

/**
 * The operation that broke the duty: of the exchange that shows it, else one that the mismatch names, else
 * the last that anything happened to.
 */
export function locateOperation(
  evidence: readonly Evidence[],
  shows: Exchange | Received | undefined,
): string | undefined {
  const shown = shows === undefined ? undefined : operationOf(shows);
  if (shown !== undefined) return shown;
  const all = evidence.flatMap((piece) => operationOf(piece) ?? []);
  const told = evidence
    .flatMap((piece) => (piece.kind === 'mismatch' ? [`${piece.subject} ${piece.actual}`.toLowerCase()] : []))
    .join(' ');
  return all.find((id) => told.includes(id)) ?? all.at(-1);
}

function points(piece: Exchange | Received, { subject, actual }: Mismatch): number {
  const words = new Set((subject.match(/[@$\w.]+/g) ?? []).map((word) => word.toLowerCase()));
  const came = plainValue(actual);
  const holds =
    (came.length >= shortestValue && wholeText(piece).includes(came) ? 8 : 0) +
    (isMember(piece, words, came, actual) ? 12 : 0) +
    (showsCodes(piece, actual) ? 6 : 0);
  return (
    holds + (piece.kind === 'exchange' ? exchangePoints(piece, subject, words) : receivedPoints(piece, words))
  );
}

/** Whether a read shows the pair of codes that came, e.g. "(3,30)". */
function showsCodes(piece: Exchange | Received, actual: string): boolean {
  const codes = observationOf(piece)?.codes;
  return codes !== undefined && actual.includes(`(${codes})`);
}

/** Whether a member that the mismatch speaks of has the value that came. */
function isMember(
  piece: Exchange | Received,
  words: ReadonlySet<string>,
  came: string,
  actual: string,
): boolean {
  const body = piece.kind === 'received' ? piece.body.text : (piece.response?.body?.text ?? '');
  return Object.entries(parsed(body) ?? {}).some(
    ([name, value]) => words.has(name.toLowerCase()) && (value === came || JSON.stringify(value) === actual),
  );
}

function exchangePoints(
  { request, response }: Exchange,
  subject: string,
  words: ReadonlySet<string>,
): number {
  const address = readable(request.url);
  const members = [
    ...Object.keys(parsed(response?.body?.text ?? '') ?? {}),
    ...(response?.headers ?? []).map(([name]) => name),
  ].filter((name) => name.length > 3 && words.has(name.toLowerCase()));
  // What a query should have found says nothing about other reads of the same members.
  const options = [...words].filter((word) => word.startsWith('$'));
  if (options.length > 0) return options.every((option) => address.includes(option)) ? 4 : 0;
  const method = new RegExp(String.raw`\bstatus of ${request.method}\b`, 'u').test(subject);
  const resource =
    (words.has('monitor') && address.includes('/backgroundoperation/')) ||
    (words.has('row') && address.includes('/backgroundoperations('));
  return members.length * 2 + (method ? 4 : 0) + (resource ? 1 : 0);
}

/** What the probe asked shows nothing of the target's; a delivery does. */
function receivedPoints({ purpose }: Received, words: ReadonlySet<string>): number {
  return purpose !== 'probe' && words.has(purpose) ? 3 : 0;
}

function wholeText(piece: Exchange | Received): string {
  const [url, headers, body] =
    piece.kind === 'received'
      ? [piece.url, piece.headers, piece.body.text]
      : ['', piece.response?.headers ?? [], piece.response?.body?.text ?? ''];
  return [url, ...headers.map(([, value]) => value), body].join('\n');
}

/** A text as it stands in a body or a URL: without the quotes of JSON. */
function plainValue(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : '';
  } catch {
    return text;
  }
}

function readable(url: string): string {
  try {
    return decodeURIComponent(url).toLowerCase();
  } catch {
    return url.toLowerCase();
  }
}
