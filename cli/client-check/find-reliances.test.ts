import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { rightClients } from '../../selftest/clients/right.ts';
import {
  bearer,
  columns,
  exportBody,
  insist,
  json,
  poll,
  read,
  getRow,
  submit,
  webApi,
} from '../../selftest/clients/steps.ts';
import { runClient, type ClientWorld, type SmallClient } from '../../selftest/clients/world.ts';
import { defaultChoices } from '../../simulator/choices.ts';
import { findReliances } from './find-reliances.ts';
import { choicesOf, freedomsOf, nameOf, subjectOf, type Freedom } from './freedoms.ts';
import { recordClient } from './recorder.ts';
import { rememberRuns } from './remembered.ts';

const breaksFor = (client: SmallClient) => async (freedoms: readonly Freedom[]) =>
  (await runClient(client, { choices: choicesOf(freedoms) })).error !== undefined;

/** Reads the row of a new operation. */
async function newRow(world: ClientWorld) {
  const { id } = await submit(world, { body: exportBody });
  const url = `${webApi}/backgroundoperations(${id})?${columns},createdon`;
  return { id, row: read(await world.send({ url, headers: { ...bearer, ...json } })) };
}

/** Compares ids letter by letter. */
const lowerCaseOnly: SmallClient = async (world) => {
  const { id, row } = await newRow(world);
  insist(row['backgroundoperationid'] === id, `another id: ${String(row['backgroundoperationid'])}`);
};

/** Reads a number among the outputs without looking whether it is one. */
const numbersOnly: SmallClient = async (world) => {
  const accepted = await submit(world, { url: `${webApi}/sample_Echo`, body: '{"IntegerValue":5}' });
  const row = read(await poll(world, accepted, getRow));
  const [output] = JSON.parse(String(row['outputparameters'])) as { Value: unknown }[];
  insist(output?.Value === 5, `not 5: ${JSON.stringify(output)}`);
};

/** Breaks where ids are in upper case and dates have milliseconds, and only there. */
const pairOfBoth: SmallClient = async (world) => {
  const { id, row } = await newRow(world);
  insist(row['backgroundoperationid'] === id || !/\.\d{3}Z$/.test(String(row['createdon'])), 'both');
};

const seeds = Array.from({ length: 59 }, (_, index) => index + 1);
const subjects = [...new Set(seeds.flatMap((seed) => freedomsOf(seed, false).map(subjectOf)))];

describe('findReliances', () => {
  it.each<[string, SmallClient, string[]]>([
    ['a single choice', lowerCaseOnly, ['upperCaseGuids=true']],
    ['a single choice that shows in a value', numbersOnly, ['keyValueTypes=strings']],
    ['a pair', pairOfBoth, ['dates=milliseconds', 'upperCaseGuids=true']],
  ])('names exactly %s that a client relies on', async (_name, client, names) => {
    const found = await findReliances({ count: 30, seed: 1, faults: false, breaks: breaksFor(client) });
    expect(found.map(({ freedoms }) => freedoms.map(nameOf).sort())).toEqual([names]);
    expect(found[0]?.runs).toBeLessThanOrEqual(names.length === 1 ? 12 : 25);
    expect(found[0]?.reason).toMatch(/relies on/);
  });

  it.each(subjects)('names a planted reliance on %s in at most 12 runs', async (subject) => {
    const breaks = (some: readonly Freedom[]) =>
      Promise.resolve(some.some((one) => subjectOf(one) === subject));
    const seed = freedomSeed(subject) ?? 0;
    const [found, ...others] = await findReliances({ count: 5, seed, faults: true, breaks });
    expect(others).toEqual([]);
    expect(found?.freedoms.map(subjectOf)).toEqual([subject]);
    expect(found?.runs).toBeLessThanOrEqual(12);
  });

  it('varies what an operation shows, how it goes over HTTP, and what comes of a cancellation', () => {
    const expected = [
      'keyValueTypes',
      'answers.interim',
      'calls.charset',
      'callbackOnCancel',
      'eventOnCancel',
    ];
    expect(subjects).toEqual(expect.arrayContaining(expected));
    expect(subjects).not.toContain('answers.spaces');
  });

  it('names the member alone where a choice has several', async () => {
    const breaks = (some: readonly Freedom[]) =>
      Promise.resolve((choicesOf(some).answers?.interim.length ?? 0) > 0);
    const [found] = await findReliances({ count: 30, seed: 1, faults: false, breaks });
    expect(found?.freedoms.map(nameOf).join()).toMatch(/^answers=\{"interim":\[(?:102,)?103\]\}$/);
    expect(found?.reason).toMatch(/It relies on answers\.interim being \[\];/);
  });

  it('leaves the other members of a choice as they are', () => {
    const [one, other] = [{ version: '1.0' }, { delayMs: 3 }].map((value): Freedom => {
      const [member = ''] = Object.keys(value);
      return { kind: 'choice', name: 'answers', member, value };
    });
    expect(choicesOf([one, other].flatMap((each) => each ?? []))).toEqual({
      answers: { ...defaultChoices.answers, version: '1.0', delayMs: 3 },
    });
  });

  it('raises no alarm on right clients', async () => {
    const count = inject('thorough') ? 10 : 2;
    for (const client of Object.values(rightClients)) {
      const found = await findReliances({ count, seed: 500, faults: false, breaks: breaksFor(client) });
      expect(found).toEqual([]);
    }
  });
});

/** The first Dataverse that differs in this. */
function freedomSeed(subject: string): number | undefined {
  return seeds.find((seed) => freedomsOf(seed, false).some((one) => subjectOf(one) === subject));
}

describe('rememberRuns', () => {
  it('makes no run twice, also after an interruption, and begins anew for another subject', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'runs-'));
    try {
      const file = path.join(folder, 'runs.jsonl');
      const freedoms = freedomsOf(1, true);
      const never = () => Promise.reject(new Error('it was run again'));
      const first = await rememberRuns(file, 'npm test', false);
      expect(await first.breaks(freedoms, () => Promise.resolve(true))).toBe(true);
      expect(await first.breaks([...freedoms].reverse(), never)).toBe(true);
      const again = await rememberRuns(file, 'npm test', true);
      expect([again.before, await again.breaks(freedoms, never)]).toEqual([1, true]);
      expect((await rememberRuns(file, 'npm run other', true)).before).toBe(0);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('recordClient', () => {
  it('judges the client of a simulator in the same process, and forgets nothing at a reset', async () => {
    const { createSimulator } = await import('../../simulator/simulator.ts');
    const recorder = recordClient({ send: () => Promise.resolve({ status: 204, body: '' }) });
    const simulator = createSimulator(recorder.options);
    const ask = (method: string, path: string, headers: Record<string, string>, body = '') =>
      simulator.handle({
        method,
        path,
        query: '',
        origin: 'http://localhost',
        headers,
        prefer: headers['prefer'] === undefined ? [] : [headers['prefer']],
        body,
      });
    const headers = {
      authorization: 'Bearer token-initiator',
      'content-type': 'application/json',
      prefer: 'respond-async,odata.callback;url=http://client.example/',
    };
    const answer = await ask('POST', '/api/data/v9.2/sample_Echo', headers, '{}');
    expect(answer.status).toBe(202);
    await simulator.clock.advance(1_000);
    await simulator.sent();
    await ask('POST', '/simulator/reset', {});
    simulator.dispose();
    expect(recorder.traffic().map(({ exchanges }) => exchanges)).toEqual([2, 0]);
    expect(() => {
      recorder.check();
    }).toThrow(/breaks 1 required clauses:\n {2}client-submit\.callback-url-quoted: expected url="…"/);
  });
});
