import { http, HttpResponse } from 'msw';
import type { HttpHandler } from 'msw';
import type { PlainRequest } from './plain.ts';
import type { Simulator } from './simulator.ts';

/**
 * The simulator as MSW handlers, for Node and for the browser: one for each part of the origin
 * that it serves. `origin` is the organization's, e.g. `https://contoso.crm.dynamics.com`.
 */
export function createHandlers(simulator: Simulator, origin: string): HttpHandler[] {
  const base = origin.replace(/\/+$/, '');
  const answer = answerFor(simulator, base);
  // The organization service compares paths without regard to case, which only a pattern can say.
  const organizationService = new RegExp(`^${base.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}/xrmservices/`, 'i');
  return [
    http.all(`${base}/api/*`, answer),
    http.all(`${base}/simulator/*`, answer),
    http.all(organizationService, answer),
    ...signInHandlers(simulator, base),
  ];
}

/**
 * The sign-in service in the place of Microsoft's: `@azure/identity` and MSAL get tokens of the simulator's users
 * without being told of another authority.
 */
export function createSignInHandlers(
  simulator: Simulator,
  authority = 'https://login.microsoftonline.com',
): HttpHandler[] {
  return signInHandlers(simulator, authority.replace(/\/+$/, ''));
}

function signInHandlers(simulator: Simulator, base: string): HttpHandler[] {
  const answer = answerFor(simulator, base);
  return ['oauth2/*', 'discovery/*', '.well-known/*', 'v2.0/.well-known/*'].map((path) =>
    http.all(`${base}/:tenant/${path}`, answer),
  );
}

function answerFor(simulator: Simulator, origin: string) {
  return async ({ request }: { request: Request }) => {
    const plain = await simulator.handle(await plainRequest(request, origin));
    if (plain.cut === true) return HttpResponse.error();
    const init = {
      status: plain.status,
      headers: [...plain.headers].map(([name, value]): [string, string] => [name, value]),
    };
    return new HttpResponse(plain.body ?? null, init);
  };
}

const preferFields = new WeakMap<Request, readonly string[]>();

/**
 * Remembers the `Prefer` fields of a request one by one. `Headers` joins them to one list, which
 * means the same to whoever reads it right; for one who reads it wrong it makes a difference.
 */
export function withPreferFields(request: Request, fields: readonly string[]): Request {
  preferFields.set(request, fields);
  return request;
}

async function plainRequest(request: Request, origin: string): Promise<PlainRequest> {
  const url = new URL(request.url);
  const joined = request.headers.get('prefer');
  return {
    method: request.method.toUpperCase(),
    path: url.pathname,
    query: url.search.slice(1),
    origin,
    headers: Object.fromEntries(request.headers),
    prefer: preferFields.get(request) ?? (joined === null ? [] : [joined]),
    body: request.body === null ? '' : await request.text(),
    onGone: (listener) => {
      request.signal.addEventListener('abort', listener);
    },
  };
}
