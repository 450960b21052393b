import { preferences, table } from '../../../contract/vocabulary.ts';
import type { Operation } from '../../core/operation.ts';
import type { QueryRows, RenderRow, TableAnswer, TableRequest } from '../../core/table.ts';
import { operationSource } from '../../store/source.ts';
import { inTurns, TooLong } from '../../turns.ts';
import type { Steps } from '../../turns.ts';
import { aggregateRows } from './aggregate.ts';
import { annotationNames, wants } from './annotations.ts';
import { parseApply } from './apply.ts';
import { readExpand } from './links.ts';
import { readOptions } from './options.ts';
import type { Links } from './links.ts';
import type { Problem } from './problem.ts';
import { problems } from './problem.ts';
import { charactersOf, pageCharacters } from './page-size.ts';
import { pageLimit, readQuery, readRowQuery } from './query.ts';
import { contextOf, nextLinkOf, rowRenderer } from './render.ts';
import type { JsonRow } from './json-row.ts';
import type { Rendering } from './render.ts';
import { rowsOfStep, runCount, runQuery, startAfter } from './run.ts';
import { schemaOf } from './schema.ts';
import type { Schema } from './schema.ts';
import { writeSkipToken } from './skip-token.ts';
import type { RowSource } from './source.ts';

/** What a query of any table needs; `TableRequest` is the one of operations. */
export interface CollectionRequest<Row>
  extends
    Omit<TableRequest, 'store' | 'columns' | 'now' | 'userId' | 'visible' | 'etag'>,
    Pick<Rendering<Row>, 'etag'> {
  readonly schema: Schema<Row>;
  readonly source: RowSource<Row>;
  readonly visible: (row: Row) => boolean;
  /** What `$expand` may name; absent for an elastic table, which has no links. */
  readonly links?: Links<Row>;
  /** The path of the collection, where it is not that of the set. */
  readonly path?: string;
}

/** What a query may take of the process: a filter without an index looks at every row. */
const workLimit = { milliseconds: 1_000, steps: 50_000 / rowsOfStep };

/** Answers `GET <set>?…` of any table; a promise if others got their turn meanwhile. */
export function queryCollection<Row>(request: CollectionRequest<Row>): TableAnswer | Promise<TableAnswer> {
  return unlessThrottled(collectionAnswer(request));
}

/** Refuses a query that takes too much, as Dataverse throttles it. */
function unlessThrottled(work: Steps<TableAnswer>): TableAnswer | Promise<TableAnswer> {
  const throttled = (error: unknown): TableAnswer => {
    if (error instanceof TooLong) return refusal(problems.throttled());
    throw error;
  };
  try {
    const answer = inTurns(work, workLimit);
    return answer instanceof Promise ? answer.catch(throttled) : answer;
  } catch (error) {
    return throttled(error);
  }
}

function* collectionAnswer<Row>(request: CollectionRequest<Row>): Steps<TableAnswer> {
  const { schema, source, visible, annotations, maxPageSize, root } = request;
  const aggregated = schema.along === undefined ? undefined : applyAnswer(request);
  if (aggregated !== undefined) return aggregated;
  const query = readQuery(request.query, schema, maxPageSize);
  if (!query.ok) return refusal(query.error);
  const { select, filter, order, count } = query.value;
  const expand = readExpand(query.value.expand, schema, request.links);
  if (!expand.ok) return refusal(expand.error);
  const rendering = { schema, select, expand: expand.value, annotations, root, etag: request.etag };
  const total = count ? yield* runCount(filter, source, visible) : undefined;
  const page = yield* runQuery(query.value, source, visible);
  const body: Record<string, unknown> = { '@odata.context': contextOf(rendering, false) };
  if (total) body['@odata.count'] = total.count;
  if (wants(annotations, annotationNames.totalCount))
    body[`@${annotationNames.totalCount}`] = total?.count ?? -1;
  if (wants(annotations, annotationNames.totalCountExceeded)) {
    body[`@${annotationNames.totalCountExceeded}`] = total?.exceeded ?? false;
  }
  const shown = yield* rendered(page.rows, rowRenderer(rendering));
  body['value'] = shown;
  const cut = shown.length < page.rows.length;
  const next = cut ? startAfter(query.value, source, page.rows.slice(0, shown.length)) : page.next;
  if (next)
    body['@odata.nextLink'] = nextLinkOf(
      root,
      request.path ?? schema.set,
      request.query,
      writeSkipToken(order, next),
    );
  const applied =
    maxPageSize === undefined ? [] : [`${preferences.maxPageSize}=${Math.min(maxPageSize, pageLimit)}`];
  return { status: 200, body, preferenceApplied: [...applied, ...annotationEcho(annotations)] };
}

/** Answers `$apply`, which a standard table has; undefined without it. No other option goes with it. */
function applyAnswer<Row>(request: CollectionRequest<Row>): TableAnswer | undefined {
  const { schema, source, annotations, root } = request;
  const options = readOptions(request.query);
  if (!options.ok) return undefined;
  const { system, aliases } = options.value;
  const text = system.get('$apply');
  if (text === undefined) return undefined;
  if (system.has('$orderby')) return refusal(problems.orderedAggregate());
  const other = [...system.keys()].find((name) => name !== '$apply');
  if (other !== undefined) return refusal(problems.notImplementedOption(`${other} beside $apply`));
  const aggregation = parseApply(text, schema, aliases);
  if (!aggregation.ok) return refusal(aggregation.error);
  const rows = [...source.rows(undefined, false, undefined)].filter((row) => row !== undefined);
  const withLabels = wants(annotations, annotationNames.formattedValue);
  const body = {
    '@odata.context': `${root}$metadata#${schema.set}`,
    value: aggregateRows(rows, aggregation.value, withLabels),
  };
  return { status: 200, body, preferenceApplied: annotationEcho(annotations) };
}

/** Renders rows until they are together as long as a page may be. */
function* rendered<Row>(rows: readonly Row[], render: (row: Row) => JsonRow): Steps<JsonRow[]> {
  const shown: JsonRow[] = [];
  let characters = 0;
  for (const row of rows) {
    const json = render(row);
    characters += charactersOf(json);
    if (shown.push(json) % rowsOfStep === 0) yield;
    if (characters > pageCharacters) break;
  }
  return shown;
}

/** Answers `GET <set>/$count?…` of any table: a number as text, capped like `@odata.count`. */
export function countCollection<Row>(request: CollectionRequest<Row>): TableAnswer | Promise<TableAnswer> {
  return unlessThrottled(countAnswer(request));
}

function* countAnswer<Row>(request: CollectionRequest<Row>): Steps<TableAnswer> {
  const query = readQuery(request.query, request.schema, undefined);
  if (!query.ok) return refusal(query.error);
  const { count } = yield* runCount(query.value.filter, request.source, request.visible);
  return { status: 200, body: String(count), preferenceApplied: [] };
}

/** Answers `GET <set>(<key>)?…` of any table for a row that was found. */
export function answerRow<Row>(
  request: Omit<CollectionRequest<Row>, 'source' | 'visible'>,
  row: Row,
): TableAnswer {
  const query = readRowQuery(request.query, request.schema);
  if (!query.ok) return refusal(query.error);
  const expand = readExpand(query.value.expand, request.schema, request.links);
  if (!expand.ok) return refusal(expand.error);
  const rendering = { ...request, select: query.value.select, expand: expand.value };
  const body = { '@odata.context': contextOf(rendering, true), ...rowRenderer(rendering)(row) };
  return { status: 200, body, preferenceApplied: annotationEcho(request.annotations) };
}

/** `GET backgroundoperations?…`. */
export const queryRows: QueryRows = (request) => queryCollection(operationRequest(request));

/** `GET backgroundoperations/$count?…`. */
export const countRows: QueryRows = (request) => countCollection(operationRequest(request));

/** `GET backgroundoperations(<id>)?…` for an operation that was found. */
export const renderRow: RenderRow = (request, operation) => answerRow(operationRequest(request), operation);

function operationRequest(request: TableRequest): CollectionRequest<Operation> {
  return {
    ...request,
    // An elastic row carries its version and partition whatever was chosen.
    schema: {
      ...schemaOf({ ...table, always: ['versionnumber', 'partitionid'] }, request.columns),
      moment: { now: request.now, userId: request.userId },
    },
    source: operationSource(request.store, request.now),
  };
}

function annotationEcho(annotations: string | undefined): string[] {
  return annotations === undefined ? [] : [`${preferences.includeAnnotations}="${annotations}"`];
}

function refusal({ status, code, message }: Problem): TableAnswer {
  return { status, error: { code, message } };
}
