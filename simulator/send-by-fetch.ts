import type { OutboundAnswer, OutboundRequest } from './behaviour/delivery.ts';
import { longestAnswer } from './http/outbound-limits.ts';

/** Sends an outbound request with `fetch`; rejects if no whole answer comes in time. Redirects are not followed. */
export async function sendByFetch(request: OutboundRequest): Promise<OutboundAnswer> {
  const answer = await fetch(request.url, {
    method: request.method,
    headers: request.headers.map(([name, value]): [string, string] => [name, value]),
    body: request.body,
    redirect: 'manual',
    signal: AbortSignal.timeout(request.timeoutMs),
  });
  const retryAfter = answer.headers.get('retry-after') ?? undefined;
  return { status: answer.status, body: await textOf(answer), retryAfter };
}

/** The body as text; rejects if it is too long, and reads no further. */
async function textOf({ body }: Response): Promise<string> {
  if (body === null) return '';
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = '';
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.length;
    if (length > longestAnswer) {
      await reader.cancel();
      throw new Error('the answer is too long');
    }
    text += decoder.decode(value, { stream: true });
  }
}
