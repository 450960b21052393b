import type { Evidence } from '../../../record/evidence.ts';

/** The codes of an operation, as one answer or delivery showed them. */
export interface CodesObservation {
  readonly operation: string;
  /** State and status, e.g. "3,30". */
  readonly codes: string;
  readonly where: 'monitor' | 'row' | 'callback' | 'cancellation';
}

const idInPath =
  /\/(?:backgroundoperation\/|backgroundoperations\()([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/i;

/** The id of the operation that a URL names; undefined when it names none. */
export function operationInUrl(url: string): string | undefined {
  return idInPath.exec(url)?.[1]?.toLowerCase();
}

/** The operation that a piece of evidence is about: submitted, named in the address, or calling the suite. */
export function operationOf(piece: Evidence): string | undefined {
  if (piece.kind === 'history') return piece.operationId.toLowerCase();
  if (piece.kind === 'received') {
    const id = piece.operationId ?? textMember(piece.body.text, 'backgroundOperationId');
    return id?.toLowerCase();
  }
  if (piece.kind !== 'exchange') return undefined;
  const { request, response } = piece;
  const header = response?.headers.find(([name]) => name.toLowerCase() === 'x-ms-dyn-backgroundoperationid');
  const location = response?.headers.find(([name]) => name.toLowerCase() === 'location')?.[1] ?? '';
  return operationInUrl(request.url) ?? header?.[1].toLowerCase() ?? operationInUrl(location);
}

/** What a piece of evidence shows of an operation's codes; undefined when it shows none. */
export function observationOf(piece: Evidence): CodesObservation | undefined {
  if (piece.kind === 'exchange') {
    const body = piece.response?.body?.text;
    const operation = operationInUrl(piece.request.url);
    if (body === undefined || operation === undefined || (piece.response?.status ?? 500) >= 300)
      return undefined;
    const codes = codesIn(body);
    if (codes === undefined) return undefined;
    const { method, url } = piece.request;
    const where =
      method === 'DELETE' ? 'cancellation' : /backgroundoperations\(/i.test(url) ? 'row' : 'monitor';
    return { operation, codes, where };
  }
  if (piece.kind === 'received' && piece.purpose === 'callback') {
    const codes = codesIn(piece.body.text);
    const operation = piece.operationId ?? textMember(piece.body.text, 'backgroundOperationId');
    if (codes === undefined || operation === undefined) return undefined;
    return { operation: operation.toLowerCase(), codes, where: 'callback' };
  }
  return undefined;
}

function codesIn(body: string): string | undefined {
  const value = parsed(body);
  if (value === undefined) return undefined;
  const state = value['backgroundOperationStateCode'] ?? value['backgroundoperationstatecode'];
  const status = value['backgroundOperationStatusCode'] ?? value['backgroundoperationstatuscode'];
  return Number.isInteger(state) && Number.isInteger(status)
    ? `${String(state)},${String(status)}`
    : undefined;
}

function textMember(body: string, name: string): string | undefined {
  const value = parsed(body)?.[name];
  return typeof value === 'string' ? value : undefined;
}

/** A body as a JSON object; undefined for anything else. */
export function parsed(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
