import { escaped } from '../../organization-service/xml-writer.ts';

/** A piece of CSDL: an element with its attributes and children, not yet written as text. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly children: readonly Element[];
}

/** Makes an element; an attribute without a value is left out. */
export function element(
  name: string,
  attributes: Element['attributes'] = {},
  children: readonly Element[] = [],
): Element {
  return { name, attributes, children };
}

/** Writes an element and what is in it, a line each. */
export function write({ name, attributes, children }: Element, indent = ''): string {
  const written = Object.entries(attributes).map(([key, value]) =>
    value === undefined ? '' : ` ${key}="${escaped(value)}"`,
  );
  const start = `${indent}<${name}${written.join('')}`;
  if (children.length === 0) return `${start} />\n`;
  return `${start}>\n${children.map((child) => write(child, `${indent}  `)).join('')}${indent}</${name}>\n`;
}
