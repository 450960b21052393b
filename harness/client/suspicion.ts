import { paths } from '../../contract/vocabulary.ts';
import { isObject, type WireAnswer, type WireRequest } from '../answer.ts';
import { nestsTooDeep, parseJson } from '../json.ts';
import { soapNamespaces } from '../organization-service/namespaces.ts';
import { NoAnswer } from './no-answer.ts';

/** Why an answer, or its absence, may be the work of something between suite and target. */
export interface Suspicion {
  readonly source: 'gateway' | 'network';
  /** One sentence without a full stop, the same for everything of this kind. */
  readonly what: string;
  /** Whether the target may have taken the request all the same. */
  readonly taken: boolean;
  /** Nothing came in time: to try again costs the same time again. */
  readonly slow?: boolean;
  /** It is the target's own as soon as it repeats: a body is written by whoever answers. */
  readonly soft?: boolean;
  /** The status is one that only gateways give: however it falls, it is none of the target's. */
  readonly foreign?: boolean;
  /** A firewall's refusal: however often it comes, nobody can tell what the target would have answered. */
  readonly refusal?: boolean;
}

/** Status codes that gateways, proxies and content networks make themselves. */
const ofGateways: ReadonlySet<number> = new Set([
  407, 408, 421, 425, 499, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530,
]);

/** With these, and a page or a form of its own, a firewall says which methods and addresses it lets through. */
export const ofFirewalls: ReadonlySet<number> = new Set([403, 405, 406, 501]);

/** What makes an answer suspicious; undefined where it is one that the target gives by all appearance. */
export function suspicionOf(request: WireRequest, answer: WireAnswer): Suspicion | undefined {
  if (isMonitor(request) && allowsWhatTheMonitorTakes(answer)) return undefined;
  const told = gatewaySign(answer, isMonitor(request));
  if (told !== undefined) {
    const what = `a gateway in front of the target answered ${told}`;
    return {
      source: 'gateway',
      what,
      taken: true,
      ...(ofGateways.has(answer.status) ? { foreign: true } : {}),
      ...(ofFirewalls.has(answer.status) && isPage(answer.body) ? { refusal: true } : {}),
    };
  }
  if (request.method === 'GET') {
    const strange = strangeRefusal(answer, isMonitor(request)) ?? ofCache(request, answer);
    if (strange !== undefined) return strange;
  }
  if (request.method !== 'GET' || answer.status !== 200) return undefined;
  const cut = cutShort(answer);
  if (cut === undefined) return undefined;
  return {
    source: 'network',
    what: `an answer came without its whole body (${cut})`,
    taken: true,
    soft: true,
  };
}

/** What the absence of an answer means; undefined where it is no matter of the way to the target. */
export function suspicionOfFault(error: unknown): Suspicion | undefined {
  if (!(error instanceof NoAnswer)) return undefined;
  const { kind, what, taken } = error.fault;
  if (kind === 'other') return undefined;
  return { source: 'network', what, taken, ...(kind === 'timeout' ? { slow: true } : {}) };
}

function gatewaySign({ status, headers, body }: WireAnswer, ofMonitor: boolean): string | undefined {
  const type = fieldOf(headers, 'content-type').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const form = formOf(type, body);
  if (status >= 300 && status < 400 && status !== 304)
    return `${status}, a redirect to ${placeOf(fieldOf(headers, 'location'))}`;
  if (ofGateways.has(status)) return `${status} (${form})`;
  if (type === 'text/html' || type === 'application/xhtml+xml' || isPage(body))
    return `${status} with a page (HTML)`;
  if (status >= 500 && !isPlatformErrorBody(body, ofMonitor) && !isSoapFault(body))
    return `${status} (${form}), not in the form of the platform`;
  return undefined;
}

function formOf(type: string, body: string): string {
  if (type !== '') return type;
  return body === '' ? 'an empty body' : 'no content type';
}

function isPage(body: string): boolean {
  return /^\s*<(?:!doctype|html)\b/i.test(body.slice(0, 200));
}

/**
 * A refusal that the platform writes otherwise: plain text, nothing, another JSON. It may be the target's own,
 * and for what is no read only a gateway's that was met elsewhere. A token is judged elsewhere (401), and so is
 * a conditional request (412).
 *
 * @param ofMonitor whether it may have the flat form of the monitor
 */
export function strangeRefusal(
  { status, headers, body }: WireAnswer,
  ofMonitor = true,
): Suspicion | undefined {
  if (status < 400 || status >= 500) return undefined;
  if (status === 401 || status === 412 || status === 429 || isPlatformErrorBody(body, ofMonitor))
    return undefined;
  if (ofMonitor && allowsWhatTheMonitorTakes({ status, headers, body })) return undefined;
  const type = fieldOf(headers, 'content-type').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const what = `a gateway in front of the target answered ${status} (${formOf(type, body)}), not in the form of the platform`;
  return { source: 'gateway', what, taken: true, soft: true };
}

/** What a cache answers by itself to a read: what it has stored, or that nothing has changed, which nobody asked. */
function ofCache(request: WireRequest, { status, headers }: WireAnswer): Suspicion | undefined {
  const told = (what: string): Suspicion => ({ source: 'gateway', what, taken: true, soft: true });
  if (status === 304 && fieldOf(request.headers, 'if-none-match') === '')
    return told('a cache in front of the target answered 304 to a request without a condition');
  if (status === 204) return told('a read was answered 204, without a body');
  const stored = Number(fieldOf(headers, 'age')) > 0 || /\bhit\b/i.test(fieldOf(headers, 'x-cache'));
  return stored ? told('a cache in front of the target gave an answer that it had stored') : undefined;
}

/** The code of an error as the platform writes it: `0x80040217`, the same as a signed number, or nothing. */
const platformCode = /^(?:0x[0-9a-f]+|-\d+)?$/i;

/** An error as the Web API writes it, or the flat `{"message": …}` of the monitor. API gateways use the form, with codes of their own. */
export function isPlatformErrorBody(body: string, ofMonitor: boolean): boolean {
  const value = parseJson(body);
  if (!isObject(value)) return false;
  const { error } = value;
  if (isObject(error))
    return (
      typeof error['message'] === 'string' &&
      typeof error['code'] === 'string' &&
      platformCode.test(error['code'])
    );
  if (!ofMonitor) return false;
  const named = Object.keys(value).filter((name) => !name.includes('@'));
  return named.length === 1 && typeof value['message'] === 'string';
}

/** Whether the answer may have the flat form of the monitor, in which API gateways refuse, too. */
export function isMonitor({ url }: WireRequest): boolean {
  return url.toLowerCase().includes(paths.monitor);
}

/**
 * Web frameworks refuse a method with 405, `Allow`, and a page or nothing at all. One that names just the methods of the
 * monitor comes from whoever serves it: no firewall knows them.
 */
function allowsWhatTheMonitorTakes({ status, headers }: WireAnswer): boolean {
  const allowed = fieldOf(headers, 'allow')
    .toUpperCase()
    .split(/[,\s]+/);
  return (
    status === 405 &&
    ['GET', 'DELETE'].every((method) => allowed.includes(method)) &&
    !['POST', 'PUT', 'PATCH'].some((method) => allowed.includes(method))
  );
}

/** A fault as the organization service writes it: no gateway speaks SOAP. */
function isSoapFault(body: string): boolean {
  // Headers of any length may stand before it.
  const start = body.slice(0, 65_536);
  return start.includes(soapNamespaces.soap) && /<(?:[^\s<>:/]+:)?Fault[\s>]/.test(start);
}

/** How a body shows that its end is missing: it promises JSON and has none of it, or not all. */
function cutShort({ headers, body }: WireAnswer): string | undefined {
  if (body.trim() === '') return 'it was empty';
  if (!/json/i.test(fieldOf(headers, 'content-type'))) return undefined;
  return parseJson(body) === undefined && !nestsTooDeep(body)
    ? 'its JSON does not end or cannot be read'
    : undefined;
}

function fieldOf(headers: WireAnswer['headers'], name: string): string {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? '';
}

/** An address without what may be secret or different each time. */
function placeOf(location: string): string {
  if (location === '') return 'nowhere';
  const bare = location.split(/[?#]/, 1)[0] ?? '';
  return bare.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '…').slice(0, 120);
}
