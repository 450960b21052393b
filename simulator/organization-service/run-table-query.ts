import type { Json } from '../core/operation.ts';
import type { TableAnswer } from '../core/table.ts';
import { tableRequest } from '../web-api/backgroundoperations.ts';
import type { Call } from '../web-api/call.ts';
import type { ApiError } from '../web-api/errors.ts';
import { annotationNames } from '../web-api/query/annotations.ts';
import { countLimit } from '../web-api/query/run.ts';
import { queryRows } from '../web-api/query/table-query.ts';
import { serviceErrors } from './errors.ts';
import type { TableQuery } from './paging.ts';

/** A row as the Web API shows it. */
type TableRow = Readonly<Record<string, Json>>;

/** One page of rows. */
export interface FoundRows {
  readonly error?: never;
  readonly rows: readonly TableRow[];
  /** `$skiptoken` of the next page, decoded. */
  readonly next: string | undefined;
  readonly more: boolean;
  /** -1 where it was not asked for. */
  readonly total: number;
  readonly exceeded: boolean;
  /** `@odata.context`. */
  readonly context: string;
}

/** A page, or why there is none. */
export type RowsOrError = FoundRows | { readonly error: ApiError };

/** Answers `GET <set>?…` of a table. */
export type RunCollection = (call: Call) => TableAnswer | Promise<TableAnswer>;

const ofOperations: RunCollection = (call) => queryRows(tableRequest(call, 'collection'));

/** Runs a query with the query engine of the Web API, of background operations unless it is told otherwise. */
export function runTableQuery(
  call: Call,
  query: TableQuery,
  run: RunCollection = ofOperations,
): RowsOrError | Promise<RowsOrError> {
  const request = { ...call.request, query: query.options.join('&') };
  const preferences = { ...call.preferences, maxPageSize: query.pageSize };
  const answer = run({ ...call, request, preferences });
  return answer instanceof Promise ? answer.then((made) => found(query, made)) : found(query, answer);
}

/** The members of a collection of the Web API that are read here. */
interface CollectionBody {
  readonly value: readonly TableRow[];
  readonly '@odata.context': string;
  readonly '@odata.nextLink'?: string;
  readonly '@odata.count'?: number;
}

function found(
  { pageSize, skipped, counted, distinct, columns, renamed }: TableQuery,
  answer: TableAnswer,
): RowsOrError {
  if ('error' in answer) return { error: { status: answer.status, ...answer.error } };
  const body = answer.body as CollectionBody;
  const next = skipTokenOf(body['@odata.nextLink']);
  const context = body['@odata.context'];
  if (distinct !== undefined) {
    if (next !== undefined) {
      return { error: serviceErrors.notServed('different rows among more than a page of them') };
    }
    const rows = different(body.value, new Set(columns?.map(({ name }) => name)));
    const end = distinct.skipped + distinct.limit;
    const page = rows.slice(distinct.skipped, end);
    const total = counted ? rows.length : -1;
    return { rows: page, next, more: rows.length > end, total, exceeded: false, context };
  }
  if (skipped > 0 && next !== undefined && body.value.length < (pageSize ?? 0)) {
    return { error: serviceErrors.notServed('pages of so long rows without the paging cookie') };
  }
  const exceeded = (answer.body as Record<string, unknown>)[`@${annotationNames.totalCountExceeded}`];
  return {
    rows: renamed === undefined ? body.value.slice(skipped) : body.value.map((row) => aliased(row, renamed)),
    next,
    more: next !== undefined,
    total: counted ? (body['@odata.count'] ?? countLimit) : -1,
    exceeded: exceeded === true,
    context,
  };
}

function skipTokenOf(nextLink: string | undefined): string | undefined {
  const token = /[?&]\$skiptoken=([^&]*)/.exec(nextLink ?? '')?.[1];
  return token === undefined ? undefined : decodeURIComponent(token);
}

function aliased(row: TableRow, names: ReadonlyMap<string, string>): TableRow {
  const called = Object.entries(row).map(([member, value]) => {
    const [name = '', ...annotation] = member.split('@');
    return [[names.get(name) ?? name, ...annotation].join('@'), value] as const;
  });
  return Object.fromEntries(called);
}

/** Rows with these columns only, each once. */
function different(rows: readonly TableRow[], columns: ReadonlySet<string>): readonly TableRow[] {
  const seen = new Map<string, TableRow>();
  for (const row of rows) {
    const shown = Object.entries(row).filter(([name]) => columns.has(name.split('@')[0] ?? ''));
    const key = JSON.stringify(shown);
    if (!seen.has(key)) seen.set(key, Object.fromEntries(shown));
  }
  return [...seen.values()];
}
