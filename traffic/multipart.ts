import type { HeaderFields } from '../record/evidence.ts';
import { fieldsInLines } from './exchange.ts';

/** One part of a multipart body. */
export interface MultipartPart {
  readonly headers: HeaderFields;
  readonly text: string;
}

/**
 * The parts of a multipart body (RFC 2046), with lines that end in CRLF or, as many clients write them, LF. A body
 * that is cut gives the parts that are whole, and what there is of the last; one that is no multipart body none.
 */
export function multipart(type: string | undefined, body: string | undefined): readonly MultipartPart[] {
  if (body === undefined || (type !== undefined && !/^multipart\//i.test(type.trim()))) return [];
  const boundary = boundaryOf(type ?? '') ?? /^\s*--(\S+)/.exec(body)?.[1];
  if (boundary === undefined) return [];
  const escaped = boundary.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const [, ...sections] = `\n${body}`.split(new RegExp(`\\r?\\n--${escaped}(?=--|[ \\t]*\\r?\\n)`));
  return sections
    .filter((section) => !section.startsWith('--'))
    .map((section) => {
      const text = section.replace(/^[ \t]*\r?\n/, '');
      // Fields may be left out, and the blank line after them stands all the same.
      const [head = '', rest = ''] = /^\r?\n/.test(text)
        ? ['', text.replace(/^\r?\n/, '')]
        : text.split(/\r?\n\r?\n(.*)/s, 2);
      return { headers: fieldsInLines(head.split(/\r?\n/)), text: rest.trimStart() };
    });
}

function boundaryOf(type: string): string | undefined {
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(type) ?? [];
  return quoted ?? bare;
}
