import type { Exchange } from '../../../harness/evidence.ts';

/** Headers that curl makes itself. */
const made = new Set(['host', 'content-length', 'connection', 'transfer-encoding', 'accept-encoding']);

/** A request as a curl command for a POSIX shell; masked secrets stay masked and must be filled in. */
export function curlOf({ request }: Pick<Exchange, 'request'>): string {
  const parts = [`curl -i -X ${quote(request.method)} ${quote(request.url)}`];
  for (const [name, value] of request.headers) {
    if (!made.has(name.toLowerCase())) parts.push(`-H ${quote(`${name}: ${value}`)}`);
  }
  if (request.body !== undefined && request.body.text !== '')
    parts.push(`--data-binary ${quote(request.body.text)}`);
  return parts.join(' \\\n  ');
}

/** A text as one word of a POSIX shell. */
export function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
