/** A part of a multipart body: its header fields by name in lower case, and what follows them. */
export interface MultipartPart {
  readonly headers: Readonly<Record<string, string>>;
  readonly content: string;
}

/** The boundary that a `Content-Type` of multipart/mixed names, quoted or not; undefined where it names none. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  if (contentType === undefined || !/^\s*multipart\/mixed\s*(?:;|$)/i.test(contentType)) return undefined;
  const [, quoted, plain] = /;\s*boundary\s*=\s*(?:"([^"]*)"|([^\s;"]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain ?? '';
  // RFC 2046, 5.1.1: 70 characters at most.
  return /^[\w'()+,./:=? -]{1,70}$/.test(boundary) && !boundary.endsWith(' ') ? boundary : undefined;
}

/**
 * Splits a multipart body at its boundary, with line ends of CRLF or LF. What comes before the first boundary
 * and after the last is ignored. Undefined where no boundary is there, or the closing one is missing.
 */
export function splitMultipart(text: string, boundary: string): MultipartPart[] | undefined {
  const escaped = boundary.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  const delimiter = new RegExp(`(?:^|\\r?\\n)--${escaped}(--)?[ \\t]*(?=\\r?\\n|$)`, 'g');
  const parts: MultipartPart[] = [];
  let from: number | undefined;
  for (const found of text.matchAll(delimiter)) {
    if (from !== undefined) parts.push(headed(text.slice(from, found.index).replace(/^\r?\n/, '')));
    if (found[1] !== undefined) return from === undefined ? undefined : parts;
    from = found.index + found[0].length;
  }
  return undefined;
}

/** Reads header fields up to the first empty line; the rest is the content. */
export function headed(text: string): MultipartPart {
  const headers: Record<string, string> = {};
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end).replace(/\r$/, '');
    at = end < 0 ? text.length : end + 1;
    if (line === '') break;
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    const before = Object.hasOwn(headers, name) ? headers[name] : undefined;
    headers[name] = before === undefined ? value : `${before}, ${value}`;
  }
  return { headers, content: text.slice(at) };
}
