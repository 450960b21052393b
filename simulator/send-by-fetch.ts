import type { OutboundAnswer, OutboundRequest } from './behaviour/delivery.ts';

/** Sends an outbound request with `fetch`; rejects if no answer comes in time. Redirects are not followed. */
export async function sendByFetch(request: OutboundRequest): Promise<OutboundAnswer> {
  const answer = await fetch(request.url, {
    method: request.method,
    headers: request.headers.map(([name, value]): [string, string] => [name, value]),
    body: request.body,
    redirect: 'manual',
    signal: AbortSignal.timeout(request.timeoutMs),
  });
  return { status: answer.status, body: await answer.text() };
}
