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

function filled(count: number): { store: OperationStore; ids: string[] } {
  const store = createOperationStore({ expiresAt: (row) => row.modifiedOn + row.ttlSeconds * 1000 });
  const ids: string[] = [];
  for (let sequence = 1; sequence <= count; sequence++) {
    const row = operation(sequence);
    ids.push(row.id);
    store.put(row);
  }
  return { store, ids };
}

/** Microseconds of one call: the median of 15 rounds. */
function cost(calls: number, call: (index: number) => void): number {
  const rounds = Array.from({ length: 15 }, () => {
    const from = performance.now();
    for (let index = 0; index < calls; index++) call(index);
    return ((performance.now() - from) * 1000) / calls;
  });
  return rounds.sort((a, b) => a - b)[7] ?? NaN;
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
const from = performance.now();
const large = filled(many);
const putMicroseconds = ((performance.now() - from) * 1000) / many;
const bytes = (heapUsed() - before) / many;

console.log(`put, record made included        ${putMicroseconds.toFixed(2)} µs`);
console.log(
  `heap an operation at ${many}      ${bytes.toFixed(0)} bytes${globalThis.gc ? '' : ' (run with --expose-gc)'}`,
);
const get = (set: typeof small) =>
  cost(20_000, (index) => set.store.get(set.ids[(index * 7919) % set.ids.length] ?? '', start));
console.log(`get by id                        ${get(small).toFixed(3)} → ${get(large).toFixed(3)} µs`);
for (const [title, query] of Object.entries(queries(few))) {
  const atFew = cost(200, () => ask(small.store, query));
  const atMany = cost(200, () => ask(large.store, queries(many)[title] ?? ''));
  const ratio = (atMany / atFew).toFixed(2);
  console.log(`${title.padEnd(32)} ${atFew.toFixed(1)} → ${atMany.toFixed(1)} µs   × ${ratio}`);
}
const purgeFrom = performance.now();
const gone = large.store.purge(start + many * 10 + ttlSeconds * 1000);
console.log(`expiry of ${gone}                 ${((performance.now() - purgeFrom) / 1000).toFixed(2)} s`);
