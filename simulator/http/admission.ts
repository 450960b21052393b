import { isOrganizationService } from '../organization-service/path.ts';
import { takesForms } from '../sign-in/path.ts';
import type { ApiError } from '../web-api/errors.ts';
import { errors } from '../web-api/errors.ts';
import type { Cors } from './cors.ts';

/** What decides whether a request is let in, before anything looks at what it asks for. */
export interface Arrival {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** The authority of an absolute request target, where there is one; else undefined. */
  readonly authority: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly hasBody: boolean;
}

/**
 * Makes the check that keeps web pages out: a page of any site can make a browser on this machine send
 * requests here. Undefined lets a request in; else how it is refused.
 */
export function createAdmission(
  isOwnHost: (host: string) => boolean,
  { allows }: Pick<Cors, 'allows'>,
): (arrival: Arrival) => ApiError | undefined {
  // Nearly all requests name the same host.
  let known: string | undefined;
  return ({ method, path, authority, headers, hasBody }) => {
    const host = headers.host ?? '';
    if (typeof host !== 'string') return errors.foreignHost(host.join(', '));
    if (host !== known) {
      // Only HTTP/1.0 knows no `Host`, and no browser speaks it.
      if (host !== '' && !isOwnHost(host)) return errors.foreignHost(host);
      known = host;
    }
    if (authority !== undefined && !isOwnHost(authority)) return errors.foreignHost(authority);
    const { origin } = headers;
    if (origin !== undefined && allows(String(origin), path))
      return hasBody ? bodyProblem(headers, path) : undefined;
    if (origin !== undefined && !isSameOrigin(String(origin), host))
      return errors.foreignOrigin(String(origin));
    const site = headers['sec-fetch-site'];
    if ((site === 'cross-site' || site === 'same-site') && method !== 'GET' && method !== 'HEAD') {
      return errors.foreignOrigin(`${site} page`);
    }
    return hasBody ? bodyProblem(headers, path) : undefined;
  };
}

function isSameOrigin(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}

/** Forms and plain texts are what a page can send without asking first; JSON is what clients send. */
function bodyProblem(headers: Arrival['headers'], path: string): ApiError | undefined {
  const type = headers['content-type'];
  // What nearly all clients send.
  if (type === 'application/json') return encodingProblem(headers);
  // A page cannot send this type without asking first either; what is wrong with it the batch says.
  const batch = /\/(?:\$|%24)batch$/.test(path) && /^multipart\/mixed\b/i.test(String(type ?? ''));
  if (batch) return encodingProblem(headers);
  // A page can send a form without asking; its origin was looked at, which browsers name with every form.
  if (takesForms(path) && /^application\/x-www-form-urlencoded\s*(;|$)/i.test(String(type ?? ''))) {
    return encodingProblem(headers);
  }
  // Nor this one, which SOAP messages have.
  const soap = isOrganizationService(path) && /^text\/xml\s*(;|$)/i.test(String(type ?? ''));
  if (soap) return encodingProblem(headers);
  if (!/^application\/json\s*(;|$)/i.test(String(type ?? '').trim())) {
    return errors.notJsonType(type === undefined ? 'none' : `'${String(type)}'`);
  }
  return encodingProblem(headers);
}

function encodingProblem(headers: Arrival['headers']): ApiError | undefined {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') return errors.encodedBody(String(encoding));
  return undefined;
}
