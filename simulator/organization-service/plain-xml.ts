import { namespaces } from './namespaces.ts';
import type { XmlElement } from './xml-element.ts';

// What clients of the organization service send is plain: elements, attributes in double quotes, text. Reading
// that costs a fifth of what the parser takes, which looks at each character. Anything else is the parser's,
// and so is every refusal: what is given here, the parser would give as well (a test holds both together).

const name = '[A-Za-z_][\\w.-]*';
const qualified = `(?:(${name}):)?(${name})`;
const value = '[^"<&\\t\\n]*';
const startTag = new RegExp(`<${qualified}((?: ${name}(?::${name})?="${value}")*) ?(/?)>`, 'y');
const attribute = new RegExp(` ${qualified}="(${value})"`, 'g');
const declaration = /^<\?xml version="1\.0" encoding="utf-8"\?>/i;
const reference = /&(?:(amp|lt|gt|quot|apos);|#x([0-9A-Fa-f]{1,6});|#(\d{1,7});)?/g;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** Characters that XML forbids, and line ends that it changes. */
const odd = /[^\t\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const reserved = /^xml/i;
const ofXml = new Set(['http://www.w3.org/XML/1998/namespace', 'http://www.w3.org/2000/xmlns/']);
const typeName = new RegExp(`^${name}$`);

type Building = { -readonly [Member in keyof XmlElement]: XmlElement[Member] } & { children: XmlElement[] };

/** An element that is not closed yet: its end tag, and how many namespaces were in scope before it. */
interface Open {
  readonly element: Building;
  readonly closing: string;
  readonly scope: number;
}

/** Reads a plain document within bounds; undefined for any other, and for one that is not well-formed. */
export function readPlainXml(text: string, deepest: number, mostNodes: number): XmlElement | undefined {
  if (odd.test(text) || text.includes(']]>')) return undefined;
  const scopes: [prefix: string, uri: string][] = [];
  const open: Open[] = [];
  let root: Building | undefined;
  let nodes = 0;
  let at = declaration.exec(text)?.[0].length ?? 0;
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const end = next < 0 ? text.length : next;
    const inside = open.at(-1);
    if (end > at) {
      const piece = textOf(text.slice(at, end));
      if (piece === undefined || (inside === undefined && piece.trim() !== '')) return undefined;
      if (inside !== undefined) inside.element.text += piece;
    }
    if (next < 0) break;
    if (text.charCodeAt(next + 1) === 47) {
      if (inside === undefined || !text.startsWith(inside.closing, next)) return undefined;
      open.pop();
      scopes.length = inside.scope;
      at = next + inside.closing.length;
      continue;
    }
    startTag.lastIndex = next;
    const [whole, prefix = '', local = '', fields = '', slash] = startTag.exec(text) ?? [];
    if (whole === undefined || (inside === undefined && root !== undefined)) return undefined;
    at = next + whole.length;
    const scope = scopes.length;
    const read = readFields(fields, scopes);
    const uri = lookUp(scopes, prefix);
    if (read === undefined || uri === undefined) return undefined;
    nodes += 1 + read.count;
    if (nodes > mostNodes || open.length >= deepest) return undefined;
    const element: Building = { uri, local, type: read.type, nil: read.nil, text: '', children: [] };
    if (inside === undefined) root = element;
    else inside.element.children.push(element);
    if (slash === '/') scopes.length = scope;
    else open.push({ element, closing: prefix === '' ? `</${local}>` : `</${prefix}:${local}>`, scope });
  }
  return open.length === 0 ? root : undefined;
}

interface Fields {
  readonly type: XmlElement['type'];
  readonly nil: boolean;
  readonly count: number;
}

const none: Fields = { type: undefined, nil: false, count: 0 };

/** The attributes of an element; those that declare namespaces come into scope. */
function readFields(fields: string, scopes: [string, string][]): Fields | undefined {
  if (fields === '') return none;
  const seen: string[] = [];
  const others: string[] = [];
  attribute.lastIndex = 0;
  for (let found = attribute.exec(fields); found !== null; found = attribute.exec(fields)) {
    const [, prefix = '', local = '', held = ''] = found;
    const declares = prefix === 'xmlns' || (prefix === '' && local === 'xmlns');
    // The same local name twice may be the same attribute twice.
    const key = declares ? `${prefix}:${local}` : local;
    if (seen.includes(key)) return undefined;
    seen.push(key);
    if (declares) {
      if (!declare(prefix, local, held, scopes)) return undefined;
    } else if (reserved.test(prefix) || reserved.test(local)) {
      return undefined;
    } else if (prefix !== '') {
      others.push(prefix, local, held);
    }
  }
  return instanceFields(others, scopes, seen.length);
}

/** Brings a namespace into scope; false for a declaration that the parser is to judge. */
function declare(prefix: string, local: string, uri: string, scopes: [string, string][]): boolean {
  if (uri.trim() !== uri || ofXml.has(uri)) return false;
  if (prefix === 'xmlns' && (uri === '' || reserved.test(local))) return false;
  scopes.push([prefix === '' ? '' : local, uri]);
  return true;
}

/** What `i:type` and `i:nil` say; `others` has prefix, local name and value of each attribute. */
function instanceFields(
  others: readonly string[],
  scopes: readonly (readonly [string, string])[],
  count: number,
): Fields | undefined {
  let type: XmlElement['type'];
  let nil = false;
  for (let at = 0; at < others.length; at += 3) {
    const [prefix = '', local = '', held = ''] = [others[at], others[at + 1], others[at + 2]];
    const uri = lookUp(scopes, prefix);
    if (uri === undefined) return undefined;
    if (uri !== namespaces.i) continue;
    if (local === 'nil') nil = /^\s*(true|1)\s*$/.test(held);
    if (local !== 'type') continue;
    const colon = held.indexOf(':');
    const typePrefix = colon < 0 ? '' : held.slice(0, colon);
    const typeLocal = held.slice(colon + 1);
    const declared = scopes.some(([each]) => each === typePrefix);
    const typeUri = lookUp(scopes, typePrefix);
    if (!declared || typeUri === undefined || !typeName.test(typeLocal)) return undefined;
    type = { uri: typeUri, local: typeLocal };
  }
  return { type, nil, count };
}

/** The namespace of a prefix; undefined if it means nothing. No prefix and no default is the empty one. */
function lookUp(scopes: readonly (readonly [string, string])[], prefix: string): string | undefined {
  for (let index = scopes.length - 1; index >= 0; index -= 1) {
    const scope = scopes[index];
    if (scope?.[0] === prefix) return scope[1];
  }
  return prefix === '' ? '' : undefined;
}

/** Text with its references resolved; undefined where one is for the parser to judge. */
function textOf(text: string): string | undefined {
  if (!text.includes('&')) return text;
  let plain = true;
  const read = text.replace(reference, (_whole, entity?: string, hex?: string, decimal?: string) => {
    if (entity !== undefined) return entities[entity] ?? '';
    const code = hex !== undefined ? parseInt(hex, 16) : Number(decimal ?? NaN);
    const sign = code >= 32 && code < 0xd800 ? String.fromCharCode(code) : undefined;
    plain &&= sign !== undefined;
    return sign ?? '';
  });
  return plain ? read : undefined;
}
