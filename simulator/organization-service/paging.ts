import type { Column } from '../core/table.ts';
import type { ApiError } from '../web-api/errors.ts';
import { errors } from '../web-api/errors.ts';
import { pageLimit } from '../web-api/query/query.ts';
import { table } from '../../contract/vocabulary.ts';
import { serviceErrors } from './errors.ts';
import { skipTokenIn } from './paging-cookie.ts';

/** A query that is not OData, as the query engine takes it. */
export interface TableQuery {
  /** The options of the Web API, encoded. */
  readonly options: readonly string[];
  /** Undefined: all columns. */
  readonly columns: readonly Column<never>[] | undefined;
  readonly pageSize: number | undefined;
  /** The rows of earlier pages, where a page is asked for by its number alone. */
  readonly skipped: number;
  readonly counted: boolean;
  /** What columns are called in the answer, where that is not their name. */
  readonly renamed?: ReadonlyMap<string, string>;
  /** Where equal rows count once: how many of the different ones are wanted, and how many come before. */
  readonly distinct?: { readonly limit: number; readonly skipped: number };
}

/** A query, or why it is not served. */
export type ReadQuery =
  | { readonly query: TableQuery; readonly error?: never }
  | { readonly error: ApiError; readonly query?: never };

/** What a query says of its pages; 0 where it says nothing. */
export interface Paging {
  readonly top: number;
  readonly size: number;
  readonly page: number;
  readonly cookie: string | undefined;
  readonly counted: boolean;
  readonly distinct: boolean;
}

/** Adds what a query says of its pages. A page by its number alone is cut from the first rows. */
export function paged(
  { top, size, page, cookie, counted, distinct }: Paging,
  options: readonly string[],
  columns: TableQuery['columns'],
  key: string = table.key,
): ReadQuery {
  if (top > 0 && size > 0) {
    return { error: errors.invalidArgument('The Top.Count value cannot be used with paging.') };
  }
  if (top < 0 || size < 0) return { error: errors.invalidArgument('The number of rows is negative.') };
  const wanted = size === 0 ? undefined : Math.min(size, pageLimit);
  const earlier = Math.max(0, page - 1);
  const before = earlier * (wanted ?? pageLimit);
  // With its key each row differs from all others.
  if (distinct && columns?.every(({ name }) => name !== key) === true) {
    const limit = top > 0 ? top : (wanted ?? pageLimit);
    return {
      query: {
        options,
        columns,
        pageSize: pageLimit,
        skipped: 0,
        counted,
        distinct: { limit, skipped: before },
      },
    };
  }
  const more: string[] = [];
  if (counted) more.push('$count=true');
  if (cookie !== undefined) more.push(`$skiptoken=${encodeURIComponent(skipTokenIn(cookie))}`);
  if (top > 0) more.push(`$top=${top}`);
  const skipped = cookie === undefined ? before : 0;
  if (skipped + (wanted ?? 0) > pageLimit) {
    return { error: serviceErrors.notServed(`rows beyond ${pageLimit} without the paging cookie`) };
  }
  const pageSize = skipped === 0 ? wanted : skipped + (wanted ?? pageLimit);
  return { query: { options: [...options, ...more], columns, pageSize, skipped, counted } };
}
