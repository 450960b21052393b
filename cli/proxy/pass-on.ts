import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { faultOf } from '../../harness/client/no-answer.ts';
import { codeOf } from '../../harness/file-problem.ts';

// What the library would change of a message on its way, and shall not.

/** Names of fields as they were sent, and each of those that came more than once with all its values. */
function fieldsAsSent({ rawHeaders }: IncomingMessage): Map<string, { name: string; values: string[] }> {
  const fields = new Map<string, { name: string; values: string[] }>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
    const known = fields.get(name.toLowerCase());
    if (known === undefined) fields.set(name.toLowerCase(), { name, values: [value] });
    else known.values.push(value);
  }
  return fields;
}

/** Gives the fields of a request the names that the client wrote, and keeps repeated ones apart. */
export function writeAsSent(outgoing: ClientRequest, request: IncomingMessage): void {
  if (outgoing.headersSent) return;
  for (const [lower, { name, values }] of fieldsAsSent(request)) {
    const value = outgoing.getHeader(lower);
    if (value === undefined || lower === 'host') continue;
    if (values.length > 1) outgoing.setHeader(name, values);
    else if (name !== lower) outgoing.setHeader(name, value);
  }
}

/** Keeps fields of an answer apart that came more than once. */
export function keepRepeated({ rawHeaders, headers }: IncomingMessage): void {
  const seen = new Set<string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const lower = (rawHeaders[index] ?? '').toLowerCase();
    if (!seen.has(lower)) {
      seen.add(lower);
      continue;
    }
    if (lower in headers) {
      const values = rawHeaders.filter(
        (_value, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === lower,
      );
      (headers as Record<string, string | string[]>)[lower] = values;
    }
  }
}

/** Changes the origin of `Location` where it is `from`. */
export function changeLocation(answer: IncomingMessage, from: string, to: string): void {
  const { location } = answer.headers;
  if (location === undefined || !URL.canParse(location) || new URL(location).origin !== from) return;
  answer.headers.location = to + location.replace(/^[a-z]+:\/\/[^/?#]*/i, '');
}

/** Why a target could not be reached, in words; undefined where it was reached, and then cut the connection. */
export function whyUnreached(error: Error): string | undefined {
  const { what, taken } = faultOf(error);
  const code = codeOf(error) ?? '';
  // A name that nobody knows, or a certificate that is not trusted: nothing was sent.
  const nothingSent = !taken || code === 'ENOTFOUND' || /CERT|SIGNATURE|ISSUER|SSL|EPROTO/.test(code);
  return nothingSent ? what : undefined;
}

/** Answers for a target that cannot be reached. */
export function refuse(response: ServerResponse, why: string): void {
  response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`bgop proxy could not reach the target: ${why}\n`);
}
