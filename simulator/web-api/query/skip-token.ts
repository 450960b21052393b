import type { Comparable } from './comparable.ts';
import type { OrderBy, Place } from './order.ts';
import { failure, problems, success } from './problem.ts';
import type { Result } from './problem.ts';

/** Where the next page begins: after a place, as the page of a number (from 2). */
export interface PageStart {
  readonly page: number;
  readonly after: Place;
}

const outerForm = /^<cookie pagenumber="(\d{1,9})" pagingcookie="([^"<>]*)" istracking="False" \/>$/;
const innerForm = /^<cookie page="\d{1,9}">((?:<\w+ last(?:null)?="[^"<>]*" \/>)+)<\/cookie>$/;
const cellForm = /<(\w+) last(null)?="([^"]*)" \/>/g;
const positionName = 'position';

/**
 * Writes the value of `$skiptoken`, percent-encoded for a URL: Dataverse's cookie, an XML element
 * that carries an encoded inner one with the last row's place.
 */
export function writeSkipToken<Row>(order: readonly OrderBy<Row>[], { page, after }: PageStart): string {
  const cells = order.map((by, index) => writeCell(by.column.name, after.cells[index] ?? null));
  const position = `<${positionName} last="${escapeXml(JSON.stringify(after.position))}" />`;
  const inner = `<cookie page="${page - 1}">${cells.join('')}${position}</cookie>`;
  const outer = `<cookie pagenumber="${page}" pagingcookie="${encodeURIComponent(inner)}" istracking="False" />`;
  return encodeURIComponent(outer).replaceAll('%3D', '=').replaceAll('%2F', '/');
}

/** Reads a (decoded) `$skiptoken`. Errors: it is no cookie, or one of a query with another order. */
export function readSkipToken<Row>(text: string, order: readonly OrderBy<Row>[]): Result<PageStart> {
  const outer = outerForm.exec(text);
  const inner = innerForm.exec(decode(outer?.[2] ?? '') ?? '');
  if (!outer || !inner) return failure(problems.skipToken());
  const found = [...(inner[1] ?? '').matchAll(cellForm)];
  const names = [...order.map((by) => by.column.name), positionName];
  if (found.length !== names.length || found.some((cell, index) => cell[1] !== names[index])) {
    return failure(problems.skipToken());
  }
  const cells: Comparable[] = [];
  for (const [index, by] of order.entries()) {
    const cell = readCell(by, found[index]);
    if (cell === undefined) return failure(problems.skipToken());
    cells.push(cell);
  }
  const position = readPosition(unescapeXml(found.at(-1)?.[3] ?? ''));
  const page = Number(outer[1]);
  if (position === undefined || page < 2) return failure(problems.skipToken());
  return success({ page, after: { cells, position } });
}

function writeCell(name: string, cell: Comparable): string {
  if (cell === null) return `<${name} lastnull="1" />`;
  return `<${name} last="${escapeXml(String(cell))}" />`;
}

function readCell<Row>(by: OrderBy<Row>, match: RegExpMatchArray | undefined): Comparable | undefined {
  if (!match) return undefined;
  if (match[2] !== undefined) return null;
  const text = unescapeXml(match[3] ?? '');
  switch (by.column.type) {
    case 'bigint':
      return /^-?\d{1,20}$/.test(text) ? BigInt(text) : undefined;
    case 'integer':
    case 'picklist':
    case 'boolean':
    case 'datetime':
    case 'date':
      return /^-?\d{1,20}(?:\.\d{1,20})?$/.test(text) ? Number(text) : undefined;
    default:
      return text;
  }
}

function readPosition(text: string): string | number | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' || typeof value === 'number' ? value : undefined;
  } catch {
    return undefined;
  }
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function unescapeXml(text: string): string {
  return text
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
