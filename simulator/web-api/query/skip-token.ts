import { asComparable } from './comparable.ts';
import type { OrderBy, Place } from './order.ts';
import { failure, problems, success } from './problem.ts';
import type { InputResult } from './problem.ts';

/** Where the next page begins: after a place, as the page of a number (from 2). */
export interface PageStart {
  readonly page: number;
  readonly after: Place;
  /** The rows of earlier pages, where the number of the page does not tell: one of them ended early. */
  readonly given?: number;
}

/** What a cookie holds: the order that it belongs to, the last row's cells of it, that row's position, and `given`. */
interface Cookie {
  readonly order: string;
  readonly cells: readonly (string | number | null)[];
  readonly position: string | number;
  readonly given?: number | undefined;
}

const form = /^<cookie pagenumber="(\d{1,9})" pagingcookie="([^"]*)" istracking="False" \/>$/;

/**
 * Writes the value of `$skiptoken`, percent-encoded for a URL: Dataverse's cookie, an XML element that
 * carries where the page ended. Clients take it for opaque, so that part is JSON.
 */
export function writeSkipToken<Row>(
  order: readonly OrderBy<Row>[],
  { page, after, given }: PageStart,
): string {
  const cells = after.cells.map((cell) => (typeof cell === 'bigint' ? String(cell) : cell));
  const cookie: Cookie = { order: namesOf(order), cells, position: after.position, given };
  const inner = encodeURIComponent(JSON.stringify(cookie));
  const cookieText = `<cookie pagenumber="${page}" pagingcookie="${inner}" istracking="False" />`;
  // Dataverse leaves these two as they are.
  return encodeURIComponent(cookieText).replaceAll('%3D', '=').replaceAll('%2F', '/');
}

/** Reads a (decoded) `$skiptoken`. Errors: it is no cookie, or one of a query with another order. */
export function readSkipToken<Row>(text: string, order: readonly OrderBy<Row>[]): InputResult<PageStart> {
  const found = placeIn(text, order);
  const page = Number(form.exec(text)?.[1]);
  return found === undefined ? failure(problems.skipToken()) : success({ page, ...found });
}

/** The place in a cookie; undefined where there is none, since clients may make cookies up. */
function placeIn<Row>(text: string, order: readonly OrderBy<Row>[]): Omit<PageStart, 'page'> | undefined {
  try {
    const inner = decodeURIComponent(form.exec(text)?.[2] ?? '');
    const { order: names, cells, position, given } = JSON.parse(inner) as Cookie;
    if (names !== namesOf(order) || ![position, ...cells].every(isCell)) return undefined;
    const after = {
      cells: order.map((by, index) => asComparable(by.column.type, cells[index] ?? null)),
      position,
    };
    if (given === undefined) return { after };
    return Number.isSafeInteger(given) && given >= 0 ? { after, given } : undefined;
  } catch {
    return undefined;
  }
}

function isCell(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'number';
}

function namesOf<Row>(order: readonly OrderBy<Row>[]): string {
  return order.map(({ column }) => column.name).join();
}
