import type { SaxesAttributeNS } from 'saxes';
import { SaxesParser } from 'saxes';
import type { Steps } from '../turns.ts';
import { inTurns } from '../turns.ts';
import type { ApiError } from '../web-api/errors.ts';
import { serviceErrors } from './errors.ts';
import { namespaces } from './namespaces.ts';
import { readPlainXml } from './plain-xml.ts';
import type { XmlElement } from './xml-element.ts';

/** A document, or why there is none. */
export type ReadXml =
  { readonly root: XmlElement; readonly error?: never } | { readonly error: ApiError; readonly root?: never };

/** What a message may have: more takes memory out of all proportion to its length. */
const longest = 16 * 1024 * 1024;
const deepest = 256;
const mostNodes = 200_000;
/** Characters that are read in one step; others get their turn between the steps of a long message. */
export const stepLength = 32 * 1024;

/** Why a document is refused although it is well-formed. */
class Refusal extends Error {}

type Building = { -readonly [Member in keyof XmlElement]: XmlElement[Member] } & { children: XmlElement[] };

/**
 * Reads a document, without document type definitions (so there are no entities but the five of XML), without
 * processing instructions, and within bounds; a promise if others got their turn meanwhile.
 */
export function readXml(text: string): ReadXml | Promise<ReadXml> {
  return inTurns(xmlSteps(text), { milliseconds: Infinity, steps: Infinity });
}

/** How a document is read. */
interface ReadOptions {
  /** Whether elements keep their attributes: SOAP needs none but `i:type` and `i:nil`. */
  readonly attributes?: boolean;
}

/** Reads a document step by step. */
export function* xmlSteps(text: string, options: ReadOptions = {}): Steps<ReadXml> {
  if (text.length <= stepLength && options.attributes !== true) {
    const root = readPlainXml(text, deepest, mostNodes);
    if (root !== undefined) return { root };
  }
  try {
    return { root: yield* parse(text, options) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { error: serviceErrors.badXml(error.message.slice(0, 200)) };
  }
}

function* parse(text: string, options: ReadOptions): Steps<XmlElement> {
  if (text.length > longest) throw new Refusal(`It has more than ${longest} characters.`);
  const parser = new SaxesParser({ xmlns: true, position: false });
  const open: Building[] = [];
  let root: Building | undefined;
  let nodes = 0;
  const count = () => {
    nodes += 1;
    if (nodes > mostNodes) throw new Refusal(`More than ${mostNodes} elements and attributes.`);
  };
  const typeOf = (value: string): XmlElement['type'] => {
    const [, prefix = '', local = ''] = /^\s*(?:([^:\s]+):)?([^:\s]+)\s*$/.exec(value) ?? [];
    const uri = parser.resolve(prefix);
    return local === '' || uri === undefined ? undefined : { uri, local };
  };
  parser.on('xmldecl', ({ encoding, version }) => {
    if (version === '1.1') throw new Refusal('XML 1.1 is not supported.');
    if (encoding !== undefined && encoding.toLowerCase() !== 'utf-8') {
      throw new Refusal(`The encoding '${encoding}' is not supported, only utf-8.`);
    }
  });
  parser.on('doctype', () => {
    throw new Refusal('A document type definition is not allowed.');
  });
  parser.on('processinginstruction', () => {
    throw new Refusal('A processing instruction is not allowed.');
  });
  parser.on('attribute', count);
  parser.on('opentag', ({ uri, local, attributes }) => {
    count();
    if (open.length >= deepest) throw new Refusal(`More than ${deepest} levels.`);
    const own = Object.values(attributes).filter((each) => each.uri === namespaces.i);
    const type = own.find((each) => each.local === 'type')?.value;
    const nil = own.find((each) => each.local === 'nil')?.value.trim();
    const element: Building = {
      uri,
      local,
      type: type === undefined ? undefined : typeOf(type),
      nil: nil === 'true' || nil === '1',
      text: '',
      children: [],
      ...(options.attributes === true ? { attributes: plainAttributes(attributes) } : {}),
    };
    const parent = open.at(-1);
    if (parent === undefined) root ??= element;
    else parent.children.push(element);
    open.push(element);
  });
  const addText = (more: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += more;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    open.pop();
  });
  for (let at = 0; at < text.length; at += stepLength) {
    if (at > 0) yield;
    parser.write(text.slice(at, at + stepLength));
  }
  parser.close();
  if (root === undefined) throw new Refusal('There is no element.');
  return root;
}

function plainAttributes(attributes: Readonly<Record<string, SaxesAttributeNS>>): Record<string, string> {
  const plain = Object.values(attributes).filter(({ uri }) => uri === '');
  return Object.fromEntries(plain.map(({ local, value }) => [local, value]));
}

/** The first child of a name; undefined if there is none. */
export function childOf(
  element: XmlElement | undefined,
  prefix: keyof typeof namespaces,
  local: string,
): XmlElement | undefined {
  const uri = namespaces[prefix];
  return element?.children.find((each) => each.uri === uri && each.local === local);
}

/** The text of a child, without the white space around it; undefined if it is absent, nil or empty. */
export function childText(
  element: XmlElement | undefined,
  prefix: keyof typeof namespaces,
  local: string,
): string | undefined {
  const child = childOf(element, prefix, local);
  return child === undefined || child.nil ? undefined : child.text.trim() || undefined;
}

/** Tells whether `i:type` of an element is this name. */
export function isOfType(element: XmlElement, prefix: keyof typeof namespaces, local: string): boolean {
  return element.type?.local === local && element.type.uri === namespaces[prefix];
}
