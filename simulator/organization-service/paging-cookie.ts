import { table } from '../../contract/vocabulary.ts';

// Clients take a cookie for opaque, but some look for this form: `page` is the page that was read.
const form = /^<cookie page="\d+"><\w+ last="([\w-]+)" \/><\/cookie>$/;

/** The paging cookie that leads to the page after the one that ends with this `$skiptoken` (decoded). */
export function pagingCookieOf(skipToken: string, key: string = table.key): string {
  const last = btoa(skipToken).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `<cookie page="${nextPageOf(skipToken) - 1}"><${key} last="${last}" /></cookie>`;
}

/** The number of the page that a `$skiptoken` (decoded) leads to. */
export function nextPageOf(skipToken: string): number {
  return Number(/pagenumber="(\d+)"/.exec(skipToken)?.[1] ?? 2);
}

/** The `$skiptoken` in a paging cookie; what has another form is handed on, to be refused. */
export function skipTokenIn(pagingCookie: string): string {
  const last = form.exec(pagingCookie.trim())?.[1];
  if (last === undefined) return pagingCookie;
  try {
    return atob(last.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return pagingCookie;
  }
}
