/**
 * Measures the store: what a put costs, what an operation takes of the heap, how queries at a million
 * compare with those at a thousand, and how long a million expiries take. Prints medians.
 *
 *     node --expose-gc bench/store.ts [operations]
 */
import { randomUUID } from 'node:crypto';
import type { Operation, OperationStore } from '../simulator/core/operation.ts';
import type { Column } from '../simulator/core/table.ts';
import { createOperationStore } from '../simulator/store.ts';
import { queryRows } from '../simulator/web-api/query/table-query.ts';

const many = Number(process.argv[2] ?? 1_000_000);
const few = 1000;
const start = Date.UTC(2026, 0, 1);
const ttlSeconds = 7_776_000;
const names = ['bgop_Probe', 'sample_Export', 'sample_Import', 'contoso_Sync'];
const statuses = [
  [0, 0],
  [2, 20],
  [2, 22],
  [3, 30],
  [3, 31],
  [3, 32],
] as const;

const columns: readonly Column[] = [
  { name: 'backgroundoperationid', type: 'guid', read: (row) => row.id },
  { name: 'name', type: 'string', read: (row) => row.name },
  { name: 'backgroundoperationstatecode', type: 'picklist', read: (row) => row.state },
  { name: 'backgroundoperationstatuscode', type: 'picklist', read: (row) => row.status },
  {
    name: 'createdon',
    type: 'datetime',
    read: (row) => row.createdOn,
    show: (row) => new Date(row.createdOn).toISOString(),
  },
  { name: 'retrycount', type: 'integer', read: (row) => row.retryCount },
];

function operation(sequence: number): Operation {
  const [state, status] = statuses[sequence % statuses.length] ?? [0, 0];
  const createdOn = start + sequence * 10;
  return {
    id: randomUUID(),
    sequence,
    name: names[sequence % names.length] ?? '',
    displayName: 'Background operation probe',
    inputs: [{ Key: 'ControlUrl', Value: `http://127.0.0.1:9999/probe/${sequence}`, type: 'String' }],
    outputs: undefined,
    state,
    status,
    errorCode: undefined,
    errorMessage: undefined,
    retryCount: sequence % 4,
    attempts: 0,
    executing: false,
    canceled: false,
    priority: 0,
    runAs: '6f1d2a3b-0000-4000-8000-000000000001',
    modifiedBy: '6f1d2a3b-0000-4000-8000-000000000001',
    createdOn,
    modifiedOn: createdOn,
    startTime: undefined,
    endTime: undefined,
    ttlSeconds,
    version: sequence,
    partitionId: null,
    origin: 'http://127.0.0.1:8080',
    callbackUrl: undefined,
  };
}

/** A store of so many operations, their ids, and the microseconds that a put took of itself. */
function filled(count: number): { store: OperationStore; ids: string[]; putMicroseconds: number } {
  const store = createOperationStore({ expiresAt: (row) => row.modifiedOn + row.ttlSeconds * 1000 });
  const ids: string[] = [];
  const chunk = 1000;
  const costs: number[] = [];
  for (let first = 1; first <= count; first += chunk) {
    const rows = Array.from({ length: chunk }, (_, index) => operation(first + index));
    const from = performance.now();
    for (const row of rows) store.put(row);
    costs.push(((performance.now() - from) * 1000) / chunk);
    for (const row of rows) ids.push(row.id);
  }
  return { store, ids, putMicroseconds: median(costs) };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** Microseconds of one call, here and there: medians of 21 alternating rounds, and of their ratios. */
function compared(calls: number, here: (index: number) => void, there: (index: number) => void): string {
  const round = (call: (index: number) => void): number => {
    const from = performance.now();
    for (let index = 0; index < calls; index++) call(index);
    return ((performance.now() - from) * 1000) / calls;
  };
  const rounds = Array.from({ length: 21 }, () => [round(here), round(there)] as const);
  const small = median(rounds.map(([few]) => few));
  const large = median(rounds.map(([, many]) => many));
  const ratio = median(rounds.map(([few, many]) => many / few));
  return `${small.toFixed(2)} → ${large.toFixed(2)} µs   × ${ratio.toFixed(2)}`;
}

function heapUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
}

function moment(sequence: number): string {
  return new Date(start + sequence * 10).toISOString();
}

/** Queries by title; each returns rows in the middle of the table. */
function queries(count: number): Record<string, string> {
  const half = count / 2;
  return {
    'state eq': '$filter=backgroundoperationstatecode eq 3',
    'state ne, ordered': '$filter=backgroundoperationstatecode ne 3&$orderby=createdon desc',
    'status eq': '$filter=backgroundoperationstatuscode eq 31',
    'status none': '$filter=backgroundoperationstatuscode eq 99',
    'name eq': "$filter=name eq 'CONTOSO_sync'",
    'name startswith': "$filter=startswith(name,'sample')",
    'createdon ge': `$filter=createdon ge ${moment(half)}`,
    'createdon lt': `$filter=createdon lt ${moment(half)}&$orderby=createdon desc`,
    'all four': `$filter=createdon ge ${moment(half)} and name eq 'sample_export' and backgroundoperationstatecode eq 3 and backgroundoperationstatuscode ne 30`,
  };
}

function ask(store: OperationStore, query: string): void {
  const answer = queryRows({
    store,
    columns,
    now: start,
    visible: () => true,
    root: 'http://127.0.0.1/api/data/v9.2/',
    query: `${query}&$top=50`,
    annotations: undefined,
    maxPageSize: undefined,
    etag: (row) => `W/"${row.version}"`,
  });
  if (answer.status !== 200) throw new Error(`The query ${query} was refused: ${JSON.stringify(answer)}`);
}

const small = filled(few);
const before = heapUsed();
const large = filled(many);
const bytes = (heapUsed() - before) / many;
const line = (title: string, text: string): void => console.log(`${title.padEnd(28)} ${text}`);

line('put', `${large.putMicroseconds.toFixed(2)} µs`);
line('heap an operation', `${bytes.toFixed(0)} bytes${globalThis.gc ? '' : ' (run with --expose-gc)'}`);
const get =
  ({ store, ids }: typeof small) =>
  (index: number): void => {
    store.get(ids[(index * 7919) % ids.length] ?? '', start);
  };
line('get by id', compared(20_000, get(small), get(large)));
for (const [title, query] of Object.entries(queries(few))) {
  const other = queries(many)[title] ?? '';
  line(
    title,
    compared(
      200,
      () => ask(small.store, query),
      () => ask(large.store, other),
    ),
  );
}
const purgeFrom = performance.now();
const gone = large.store.purge(start + many * 10 + ttlSeconds * 1000);
line(`expiry of ${gone}`, `${((performance.now() - purgeFrom) / 1000).toFixed(2)} s`);
