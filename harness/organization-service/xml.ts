import { SaxesParser } from 'saxes';
import { soapNamespaces, type Space } from './namespaces.ts';

/** A name with its namespace resolved. */
export interface QName {
  readonly uri: string;
  readonly local: string;
}

/** An element of an answer. */
export interface SoapElement extends QName {
  /** `i:type`, by the namespaces in scope; undefined without it, or where its prefix means nothing. */
  readonly type: QName | undefined;
  /** `i:nil="true"`. */
  readonly nil: boolean;
  /** All text directly inside, white space included. */
  readonly text: string;
  readonly children: readonly SoapElement[];
}

/** A document, or why it cannot be read. */
export type ReadSoap = { readonly root: SoapElement } | { readonly problem: string };

const longest = 16 * 1024 * 1024;
const deepest = 300;
const mostElements = 200_000;

class Unreadable extends Error {}

type Open = { -readonly [Member in keyof SoapElement]: SoapElement[Member] } & { children: SoapElement[] };

/** Reads a document: no document type definition, and within bounds, whoever wrote it. */
export function parseXml(text: string): ReadSoap {
  if (text.length > longest) return { problem: `it has more than ${longest} characters` };
  try {
    return { root: parse(text) };
  } catch (error) {
    return { problem: error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error) };
  }
}

function parse(text: string): SoapElement {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const open: Open[] = [];
  let root: SoapElement | undefined;
  let elements = 0;
  parser.on('doctype', () => {
    throw new Unreadable('it has a document type definition');
  });
  parser.on('opentag', ({ uri, local, attributes }) => {
    elements += 1;
    if (elements > mostElements) throw new Unreadable(`it has more than ${mostElements} elements`);
    if (open.length >= deepest) throw new Unreadable(`it nests deeper than ${deepest} levels`);
    const ofInstance = (name: string): string | undefined =>
      Object.values(attributes).find((one) => one.uri === soapNamespaces.instance && one.local === name)
        ?.value;
    const element: Open = {
      uri,
      local,
      type: resolve(parser, ofInstance('type')),
      nil: /^\s*(?:true|1)\s*$/.test(ofInstance('nil') ?? ''),
      text: '',
      children: [],
    };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const add = (more: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += more;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  if (root === undefined) throw new Unreadable('it has no element');
  return root;
}

function resolve(parser: { resolve(prefix: string): string | undefined }, name = ''): QName | undefined {
  const [, prefix = '', local] = /^\s*(?:([^:\s]+):)?([^:\s]+)\s*$/.exec(name) ?? [];
  const uri = parser.resolve(prefix);
  return local === undefined || uri === undefined ? undefined : { uri, local };
}

/** Whether a name is this one. */
export function isNamed(name: QName | undefined, space: Space, local: string): boolean {
  return name?.local === local && name.uri === soapNamespaces[space];
}

/** The first child of that name, wherever it stands; undefined where there is none. */
export function soapChild(
  element: SoapElement | undefined,
  space: Space,
  local: string,
): SoapElement | undefined {
  return element?.children.find((one) => isNamed(one, space, local));
}

/** The text of a child; undefined where it is absent or nil. */
export function soapChildText(
  element: SoapElement | undefined,
  space: Space,
  local: string,
): string | undefined {
  const child = soapChild(element, space, local);
  return child === undefined || child.nil ? undefined : child.text;
}
