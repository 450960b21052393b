import type { HeaderFields } from '../record/evidence.ts';
import type { TrafficExchange } from './exchange.ts';

/** An exchange as a line of JSON lines; in the place of a credential stands its name, and nothing where there was no token. */
export function lineOf(exchange: TrafficExchange): string {
  const { from, to, method, url, request, answer, credential } = exchange;
  const named = (headers: HeaderFields): HeaderFields =>
    headers.map(([name, value]) => {
      if (/^authorization$/i.test(name) && credential === undefined) return [name, ''];
      if (!/^(?:authorization|cookie)$/i.test(name) || credential?.key === undefined) return [name, value];
      const scheme =
        credential.scheme === '' || credential.scheme === 'cookie' ? '' : `${credential.scheme} `;
      const of = credential.holder === undefined ? '' : ` of ${credential.holder}`;
      return [name, `${scheme}[${credential.key}${of}]`];
    });
  return `${JSON.stringify({
    at: new Date(from).toISOString(),
    durationMs: to - from,
    method,
    url,
    headers: named(request.headers),
    body: request.body,
    status: answer?.status ?? (exchange.unanswered === undefined ? undefined : 0),
    answerHeaders: answer?.headers,
    answerBody: answer?.body,
  })}\n`;
}
