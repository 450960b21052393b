import type { Prefix } from './namespaces.ts';
import { namespaces } from './namespaces.ts';

const special = /[&<>"\r]|[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udfff]/gu;

const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Text as XML carries it. A carriage return and control characters become character references, as .NET writes
 * and reads them; half a surrogate pair, which no encoding can carry, becomes U+FFFD.
 */
export function escaped(text: string): string {
  return text.replace(special, (sign) => {
    const code = sign.charCodeAt(0);
    if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
    return named[sign] ?? `&#x${code.toString(16).toUpperCase()};`;
  });
}

/** An element with content that is XML already; an empty one is closed at once. */
export function tag(name: string, content = '', attributes = ''): string {
  const head = attributes === '' ? name : `${name} ${attributes}`;
  return content === '' ? `<${head}/>` : `<${head}>${content}</${name}>`;
}

/** An element with text; undefined is nil. */
export function textTag(name: string, text: string | undefined, attributes = ''): string {
  return text === undefined ? nil(name) : tag(name, escaped(text), attributes);
}

/** An element whose value is null. */
export function nil(name: string): string {
  return `<${name} i:nil="true"/>`;
}

const prefixes: readonly Prefix[] = ['a', 'b', 'c', 'd', 'e', 'i', 'k', 'o', 'p', 'q'];
/**
 * The declarations of all prefixes. WCF copies the detail of a fault out of its message and loses what was
 * declared around it, so a fault declares them once more.
 */
export const declarations = prefixes.map((prefix) => `xmlns:${prefix}="${namespaces[prefix]}"`).join(' ');

/** A SOAP 1.1 envelope; its content may use every prefix of {@link namespaces}. */
export function envelope(content: string): string {
  return `<s:Envelope xmlns:s="${namespaces.s}"><s:Body ${declarations}>${content}</s:Body></s:Envelope>`;
}
