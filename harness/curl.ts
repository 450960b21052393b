import type { Exchange } from '../record/evidence.ts';

/** Headers that every HTTP client makes itself. */
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

/** Requests as the text of a `.http` file, as editors run them; the target's address is a variable. */
export function httpFileOf(exchanges: readonly Pick<Exchange, 'request'>[], targetUrl: string): string {
  const requests = exchanges.map(({ request }, index) => {
    const lines = [`### ${index + 1}`, `${request.method} ${request.url.replace(targetUrl, '{{target}}')}`];
    for (const [name, value] of request.headers)
      if (!made.has(name.toLowerCase())) lines.push(`${name}: ${value}`);
    if (request.body !== undefined && request.body.text !== '') lines.push('', request.body.text);
    return lines.join('\n');
  });
  return [`@target = ${targetUrl}`, ...requests, ''].join('\n\n');
}
