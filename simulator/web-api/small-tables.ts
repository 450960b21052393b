import type { Column } from '../core/table.ts';
import type { TableAnswer } from '../core/table.ts';
import type { PlainAnswer } from '../plain.ts';
import type { World } from '../world.ts';
import { readBody } from './body.ts';
import type { Call, Handled } from './call.ts';
import { noContent, odataAnswer, refused } from './call.ts';
import { capacityErrors } from './capacity-errors.ts';
import type { ApiError } from './errors.ts';
import { errorAnswer, errors } from './errors.ts';
import { schemaOf } from './query/schema.ts';
import { listSource } from './query/source.ts';
import { answerRow, countCollection, queryCollection } from './query/table-query.ts';
import { readKey } from './row-key.ts';
import { smallTables } from './tables/all-tables.ts';
import type { SmallTable } from './tables/small-table.ts';

/** Rows of one table that are kept at most. */
const mostRows = 5_000;

/** What answers the requests of a table. */
type TableRoute = (call: Call, tail: string) => Handled | Promise<Handled>;

function serve<Row>(table: SmallTable<Row>): TableRoute {
  const schema = schemaOf(table, table.columns);
  const byKey = (row: Row) => String(keyColumn(table).read(row));
  const etag = (row: Row) => `W/"${byKey(row).slice(0, 8)}"`;
  return (call, tail) => {
    const { world, request, preferences, root } = call;
    const shared = {
      schema,
      root,
      query: request.query,
      annotations: preferences.annotations,
      maxPageSize: preferences.maxPageSize,
      etag,
    };
    if (tail === '' || tail === '/$count') {
      if (request.method === 'POST' && tail === '') return insert(call, table);
      if (request.method !== 'GET') return refused('other', errors.noMethod(request.method, 'GET,POST'));
      const query = tail === '' ? queryCollection<Row> : countCollection<Row>;
      const source = listSource(table.rows(world), byKey);
      const answer = query({ ...shared, source, visible: () => true });
      return answer instanceof Promise ? answer.then(shown) : shown(answer);
    }
    const key = readKey(tail, table.key)?.id;
    if (key === undefined) return refused('other', errors.badKey());
    const row = find(table, world, key);
    if (row === undefined) return refused('other', errors.noTableRow(table.entity, key));
    switch (request.method) {
      case 'GET':
        return shown(answerRow(shared, row));
      case 'PATCH':
        return change(call, table, row);
      case 'DELETE':
        return remove(call, table, key);
      default:
        return notOffered(call);
    }
  };
}

function keyColumn<Row>(table: SmallTable<Row>): Column<Row> {
  const column = table.columns.find(({ name }) => name === table.key);
  if (column === undefined) throw new Error(`The table ${table.set} has no column for its key.`);
  return column;
}

function find<Row>(table: SmallTable<Row>, world: World, key: string): Row | undefined {
  const column = keyColumn(table);
  for (const row of table.rows(world)) if (column.read(row) === key) return row;
  return undefined;
}

const done = (answer: PlainAnswer): Handled => ({ answer, resource: 'other' });
const shown = (answer: TableAnswer): Handled => done(answered(answer));

function notOffered(call: Call): Handled {
  return refused('other', errors.noMethod(call.request.method, 'GET'));
}

function answered(answer: TableAnswer): PlainAnswer {
  if ('error' in answer) return errorAnswer({ status: answer.status, ...answer.error });
  if (typeof answer.body === 'object') {
    return odataAnswer(
      answer.body,
      answer.preferenceApplied.map((each) => ['Preference-Applied', each]),
    );
  }
  return {
    status: 200,
    headers: [
      ['Content-Type', 'text/plain'],
      ['OData-Version', '4.0'],
    ],
    body: answer.body,
  };
}

function insert<Row>(call: Call, table: SmallTable<Row>): Handled {
  if (table.insert === undefined) return notOffered(call);
  if (!call.user.privileged) return refused('other', errors.privilegeDenied(`prvCreate${table.entity}`));
  const body = readBody(call.request.body);
  if (body.error !== undefined) return refused('other', body.error);
  if ([...table.rows(call.world)].length >= mostRows)
    return refused('other', capacityErrors.tableFull(table.entity, mostRows));
  const made = table.insert(call.world, body.value, call.situation.now);
  if ('error' in made) return refused('other', made.error);
  return done(noContent([['OData-EntityId', `${call.root}${table.set}(${made.id})`]]));
}

function change<Row>(call: Call, table: SmallTable<Row>, row: Row): Handled {
  if (table.change === undefined) return notOffered(call);
  if (!call.user.privileged) return refused('other', errors.privilegeDenied(`prvWrite${table.entity}`));
  const body = readBody(call.request.body);
  if (body.error !== undefined) return refused('other', body.error);
  const error: ApiError | undefined = table.change(call.world, row, body.value);
  return error === undefined ? done(noContent()) : refused('other', error);
}

function remove<Row>(call: Call, table: SmallTable<Row>, key: string): Handled {
  if (table.remove === undefined) return notOffered(call);
  if (!call.user.privileged) return refused('other', errors.privilegeDenied(`prvDelete${table.entity}`));
  const removed = table.remove(call.world, key);
  return typeof removed === 'object' ? refused('other', removed) : done(noContent());
}

const tables: ReadonlyMap<string, TableRoute> = new Map(smallTables.map((each) => [each.set, serve(each)]));

/** Serves one of the tables around events and registration; undefined if the segment names none of them. */
export function smallTable(
  call: Call,
  segment: string,
  tail: string,
): Handled | Promise<Handled> | undefined {
  return tables.get(segment)?.(call, tail);
}
