import { headers as names } from '../contract/vocabulary.ts';
import { masked } from '../harness/mask.ts';
import type { HeaderFields } from '../record/evidence.ts';
import type { Credential, TrafficExchange } from './exchange.ts';

/** Fields that have the address of a callback in them. */
const callbackFields: readonly string[] = [names.prefer, names.callbackUrl].map((name) => name.toLowerCase());

/** What stands in the place of a secret: it tells secrets apart, and whose they were. */
function nameOf({ key = '', holder }: Credential): string {
  return `[${key}${holder === undefined ? '' : ` of ${holder}`}]`;
}

/** An exchange as a line of JSON lines; in the place of a credential stands its name, and nothing where there was no token. */
export function lineOf(exchange: TrafficExchange): string {
  const { from, to, method, url, request, answer, credential } = exchange;
  const named = (headers: HeaderFields): HeaderFields =>
    headers.map(([name, value]) => {
      if (/^authorization$/i.test(name) && credential === undefined) return [name, ''];
      if (credential?.key === undefined) return [name, value];
      if (credential.inCallback === true && callbackFields.includes(name.toLowerCase()))
        return [name, value.replaceAll(masked, nameOf(credential))];
      if (!/^(?:authorization|cookie)$/i.test(name)) return [name, value];
      const scheme =
        credential.scheme === '' || credential.scheme === 'cookie' ? '' : `${credential.scheme} `;
      return [name, `${scheme}${nameOf(credential)}`];
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
