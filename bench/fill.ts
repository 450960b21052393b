import type { CustomApi } from '../simulator/custom-apis/custom-api.ts';
import { headerOf } from '../simulator/plain.ts';
import { createSimulator, type Simulator } from '../simulator/simulator.ts';

/** A simulator that keeps operations, and ways to use it. */
export interface Filled {
  readonly count: number;
  /** Some of the operations, evenly spread. */
  readonly ids: readonly string[];
  /** What stood on the clock when half of them were there, epoch milliseconds. */
  readonly middle: number;
  /** Reads from the table, by what follows its name in the URL; the body of a 200, anything else throws. */
  readonly ask: (tail: string) => Promise<string>;
  /** Lets all of them expire; throws if one is left. */
  readonly expire: () => Promise<void>;
}

const origin = 'http://127.0.0.1:8080';
const table = '/api/data/v9.2/backgroundoperations';
const batch = 500;
const names = ['bench_Export', 'bench_Import', 'bench_Merge', 'bench_Sync'] as const;
const fate = 'Fate';

/** Custom APIs of one text, which says how an attempt ends. */
const apis: readonly CustomApi[] = names.map((uniqueName) => ({
  uniqueName,
  displayName: 'Operation of the bench',
  parameters: [{ uniqueName: fate, type: 'String' }],
  properties: [{ uniqueName: 'Text', type: 'String' }],
  execute: ({ inputs }) => {
    if (inputs[fate] === 'fail') throw new Error('told to fail');
    return { Text: 'done' };
  },
}));

/** Each batch has all names with all fates: half succeed, a quarter fails, a quarter is canceled. */
const fates = ['succeed', 'fail', 'succeed', 'cancel'] as const;

/** Submits so many operations in batches, each of which has ended before the next begins. */
export async function fill(count: number): Promise<Filled> {
  const simulator = createSimulator({ customApis: apis, retry: { baseMs: 1000, factor: 1 } });
  const ids: string[] = [];
  const apart = Math.max(1, Math.floor(count / 20_000));
  let middle = 0;
  for (let first = 0; first < count; first += batch) {
    if (middle === 0 && first >= count / 2) middle = simulator.clock.now();
    for (let index = first; index < Math.min(count, first + batch); index++) {
      const id = await submit(simulator, index);
      if (index % apart === 0) ids.push(id);
    }
    await simulator.clock.advance(5000);
  }
  return {
    count,
    ids,
    middle,
    ask: (tail) => read(simulator, tail),
    expire: async () => {
      await simulator.clock.advance(91 * 86_400_000);
      const left = JSON.parse(await read(simulator, '?$top=1')) as { value: unknown[] };
      if (left.value.length > 0) throw new Error('An operation outlived its time.');
    },
  };
}

async function submit(simulator: Simulator, index: number): Promise<string> {
  const end = fates[(index >> 2) % fates.length] ?? 'succeed';
  const accepted = await simulator.handle({
    ...request('POST', `/api/data/v9.2/${names[index % names.length] ?? ''}`),
    prefer: ['respond-async'],
    body: JSON.stringify({ [fate]: end }),
  });
  const id = headerOf(accepted, 'x-ms-dyn-backgroundoperationid');
  if (accepted.status !== 202 || id === undefined) throw new Error(`Not accepted: ${accepted.body ?? ''}`);
  if (end === 'cancel') await simulator.handle(request('DELETE', `/api/backgroundoperation/${id}`));
  return id;
}

async function read(simulator: Simulator, tail: string): Promise<string> {
  const [key = '', query = ''] = tail.split('?', 2);
  const answer = await simulator.handle({ ...request('GET', `${table}${key}`), query });
  if (answer.status !== 200) throw new Error(`${tail} was refused: ${answer.body ?? ''}`);
  return answer.body ?? '';
}

function request(method: string, path: string) {
  const headers = { authorization: 'Bearer token-initiator' };
  return { method, path, query: '', origin, headers, prefer: [], body: '' };
}

/** Queries by title; each finds more than a page, about the middle of the table where order matters. */
export function queriesOf({ middle }: Filled): Record<string, string> {
  const moment = new Date(middle).toISOString();
  const [state, status] = ['backgroundoperationstatecode', 'backgroundoperationstatuscode'];
  return {
    'state eq': `$filter=${state} eq 3`,
    'state eq, ordered': `$filter=${state} eq 3&$orderby=createdon desc`,
    'status eq': `$filter=${status} eq 31`,
    'status ne': `$filter=${status} ne 30`,
    'name eq': "$filter=name eq 'BENCH_sync'",
    'name startswith': "$filter=startswith(name,'bench_M')",
    'createdon ge': `$filter=createdon ge ${moment}`,
    'createdon lt, ordered': `$filter=createdon lt ${moment}&$orderby=createdon desc`,
    'all four': `$filter=createdon ge ${moment} and name eq 'bench_export' and ${state} eq 3 and ${status} ne 30`,
  };
}
