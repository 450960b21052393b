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
  const answer = async ({ request }: { request: Request }) => {
    const plain = await simulator.handle(await plainRequest(request, base));
    const init = {
      status: plain.status,
      headers: [...plain.headers].map(([name, value]): [string, string] => [name, value]),
    };
    return new HttpResponse(plain.body ?? null, init);
  };
  return [http.all(`${base}/api/*`, answer), http.all(`${base}/simulator/*`, answer)];
}

async function plainRequest(request: Request, origin: string): Promise<PlainRequest> {
  const url = new URL(request.url);
  const prefer = request.headers.get('prefer');
  return {
    method: request.method.toUpperCase(),
    path: url.pathname,
    query: url.search.slice(1),
    origin,
    headers: Object.fromEntries(request.headers),
    prefer: prefer === null ? [] : [prefer],
    body: request.body === null ? '' : await request.text(),
    onGone: (listener) => {
      request.signal.addEventListener('abort', listener);
    },
  };
}
