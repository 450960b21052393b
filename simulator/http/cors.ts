import type { Field, PlainAnswer } from '../plain.ts';
import { signInRoute } from '../sign-in/path.ts';
import { isLoopback } from './host-names.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Lets web pages of chosen origins use the Web API, the monitor and the sign-in service, as Dataverse does for single-page apps. */
export interface Cors {
  /** Tells whether a page of this origin may use what is at this path. */
  readonly allows: (origin: string, path: string) => boolean;
  /** The answer to a preflight request of an allowed page; undefined for any other request. */
  readonly preflight: (method: string, headers: Headers) => PlainAnswer | undefined;
}

/** Headers of answers that a page has to read. */
const exposed = [
  'Location',
  'OData-EntityId',
  'OData-Version',
  'Preference-Applied',
  'Retry-After',
  'ETag',
  'REQ_ID',
  'x-ms-dyn-backgroundoperationid',
  'x-ms-service-request-id',
  'x-ms-ratelimit-burst-remaining-xrm-requests',
  'x-ms-ratelimit-time-remaining-xrm-requests',
  'x-ms-session-token',
].join(', ');

/**
 * @param origins further origins than those of this machine, such as `https://app.example`; `any` for all
 * @param controlOrigins origins whose pages may use the control interface: no other may, not even of this machine
 */
export function createCors(origins: readonly string[], controlOrigins: readonly string[] = []): Cors {
  const chosen = setOf(origins);
  const any = chosen.has('any');
  const controlling = setOf(controlOrigins);
  return {
    allows: (origin, path) =>
      path.startsWith('/simulator/')
        ? controlling.has(origin.toLowerCase())
        : (path.startsWith('/api/') || signInRoute(path) !== undefined) &&
          (any || chosen.has(origin.toLowerCase()) || isLocal(origin)),
    preflight: (method, headers) => {
      const { origin } = headers;
      if (method !== 'OPTIONS' || typeof origin !== 'string') return undefined;
      if (headers['access-control-request-method'] === undefined) return undefined;
      return { status: 200, headers: preflightFields(headers), body: undefined };
    },
  };
}

function setOf(origins: readonly string[]): ReadonlySet<string> {
  return new Set(origins.map((each) => each.trim().toLowerCase().replace(/\/$/, '')));
}

/** The header fields that let a page read an answer. */
export function corsFields(origin: string): Field[] {
  return [
    ['Access-Control-Allow-Origin', origin],
    ['Access-Control-Expose-Headers', exposed],
    ['Vary', 'Origin'],
  ];
}

function preflightFields(headers: Headers): Field[] {
  const fields: Field[] = [
    ['Access-Control-Allow-Methods', 'GET, HEAD, POST, PATCH, PUT, DELETE'],
    ['Access-Control-Max-Age', '600'],
  ];
  const asked = headers['access-control-request-headers'];
  if (typeof asked === 'string' && /^[\w\-, ]*$/.test(asked))
    fields.push(['Access-Control-Allow-Headers', asked]);
  if (headers['access-control-request-private-network'] !== undefined)
    fields.push(['Access-Control-Allow-Private-Network', 'true']);
  return fields;
}

/** Tells whether a page comes from a server on this machine. */
function isLocal(origin: string): boolean {
  return (
    URL.canParse(origin) && /^https?:$/.test(new URL(origin).protocol) && isLoopback(new URL(origin).host)
  );
}
