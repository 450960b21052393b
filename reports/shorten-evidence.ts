import { createHash } from 'node:crypto';
import type { BodyText, Evidence, HeaderFields } from '../record/evidence.ts';
import { shorten } from './page-data.ts';

/** How much of a check's evidence is kept: characters of a body, entries. */
export interface Limits {
  readonly body: number;
  readonly entries: number;
}

/** Evidence within limits; `shortened` says in words what is missing. */
export interface Shortened {
  readonly evidence: readonly Evidence[];
  readonly shortened?: string;
}

/** Cuts long bodies (with length and hash) and leaves out entries in the middle, keeping what explains a failure. */
export function shortenEvidence(evidence: readonly Evidence[], limits: Limits): Shortened {
  const kept = entries(evidence, limits.entries);
  let cut = 0;
  const short = kept.map((piece) => {
    const result = shortenPiece(piece, limits.body);
    if (result !== piece) cut += 1;
    return result;
  });
  const missing = evidence.length - kept.length;
  const words = [
    ...(missing === 0 ? [] : [`${missing} of ${evidence.length} pieces of evidence are left out`]),
    ...(cut === 0 ? [] : [`${cut === 1 ? 'one long text is' : `${cut} long texts are`} cut`]),
  ];
  return words.length === 0 ? { evidence: short } : { evidence: short, shortened: words.join(', ') };
}

/** What explains a failure stays; of the rest the beginning and, more important, the end. */
function entries(evidence: readonly Evidence[], most: number): readonly Evidence[] {
  if (evidence.length <= most) return evidence;
  const shows = new Set(
    evidence.flatMap((piece) => (piece.kind === 'mismatch' ? (piece.exchange ?? []) : [])),
  );
  const explaining = evidence
    .filter(
      (piece) =>
        piece.kind === 'mismatch' ||
        piece.kind === 'counterexample' ||
        ('id' in piece && piece.id !== undefined && shows.has(piece.id)),
    )
    .slice(0, most);
  const room = most - explaining.length;
  const rest = evidence.filter((piece) => !explaining.includes(piece));
  const first = Math.floor(room / 4);
  const chosen = new Set([
    ...explaining,
    ...rest.slice(0, first),
    ...rest.slice(rest.length - (room - first)),
  ]);
  return evidence.filter((piece) => chosen.has(piece));
}

function shortenPiece(piece: Evidence, most: number): Evidence {
  switch (piece.kind) {
    case 'exchange': {
      const request = shortenMessage(piece.request, most);
      const response = piece.response === undefined ? undefined : shortenMessage(piece.response, most);
      if (request === piece.request && response === piece.response) return piece;
      return { ...piece, request, ...(response === undefined ? {} : { response }) };
    }
    case 'received': {
      const received = shortenMessage(piece, most);
      const answered = shorten(piece.answered);
      return received === piece && answered === piece.answered ? piece : { ...piece, ...received, answered };
    }
    case 'mismatch': {
      const [expected, actual] = [shorten(piece.expected), shorten(piece.actual)];
      return expected === piece.expected && actual === piece.actual ? piece : { ...piece, expected, actual };
    }
    case 'remark': {
      const text = shorten(piece.text);
      return text === piece.text ? piece : { ...piece, text };
    }
    default:
      return piece;
  }
}

function shortenMessage<T extends { readonly headers: HeaderFields; readonly body?: BodyText }>(
  message: T,
  most: number,
): T {
  const headers = shortenHeaders(message.headers);
  const body = message.body === undefined ? undefined : shortenBody(message.body, most);
  if (headers === message.headers && body === message.body) return message;
  return { ...message, headers, ...(body === undefined ? {} : { body }) };
}

function shortenHeaders(headers: HeaderFields): HeaderFields {
  const long = headers.length > 100 || headers.some(([name, value]) => name.length + value.length > 4096);
  if (!long) return headers;
  return headers.slice(0, 100).map(([name, value]) => [shorten(name, 500), shorten(value)]);
}

function shortenBody(body: BodyText, most: number): BodyText {
  if (body.text.length <= most) return body;
  const cut = body.cut ?? {
    bytes: Buffer.byteLength(body.text),
    sha256: createHash('sha256').update(body.text).digest('hex'),
  };
  return { text: body.text.slice(0, most).toWellFormed(), cut };
}
