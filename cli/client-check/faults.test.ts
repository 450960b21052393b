import { describe, expect, it } from 'vitest';
import {
  bearer,
  exportApi,
  exportBody,
  insist,
  json,
  minute,
  read,
  callbackPreference,
} from '../../selftest/clients/steps.ts';
import {
  runClient,
  type ClientAnswer,
  type ClientWorld,
  type SmallClient,
} from '../../selftest/clients/world.ts';
import { findReliances } from './find-reliances.ts';
import { choicesOf, faultsOf, nameOf, type Freedom } from './freedoms.ts';

/** Points in which a client that takes every documented fault can be made to rely on there being none. */
interface Habits {
  readonly submitted: (answer: ClientAnswer) => void;
  /** Told of each callback, and which of its operation it is. */
  readonly called: (calls: number) => void;
  /** Whether it looks by itself where no callback comes. */
  readonly looks: boolean;
  readonly monitor: (answer: ClientAnswer) => void;
}

const patient: Habits = {
  submitted: () => undefined,
  called: () => undefined,
  looks: true,
  monitor: () => undefined,
};

/** Submits until it is accepted, waits for the callback, and reads the monitor until it shows an end. */
function clientWith({ submitted, called, looks, monitor }: Habits): SmallClient {
  return async (world) => {
    const calls = new Map<unknown, number>();
    let problem: unknown;
    world.receive = (body) => {
      const { backgroundOperationId: id } = JSON.parse(body) as Record<string, unknown>;
      calls.set(id, (calls.get(id) ?? 0) + 1);
      try {
        called(calls.get(id) ?? 0);
      } catch (error) {
        problem = error;
      }
      return { status: 204 };
    };
    let location = '';
    for (let tries = 0; location === '' && tries < 20; tries += 1) {
      const answer = await world.send({
        method: 'POST',
        url: exportApi,
        headers: { ...bearer, ...json, ...callbackPreference(world).headers },
        body: exportBody,
      });
      submitted(answer);
      location = answer.status === 202 ? (answer.header('location') ?? '') : '';
      if (location === '') await world.wait(10_000);
    }
    for (let waited = 0; waited < 60 && calls.size === 0; waited += 1) await world.wait(minute);
    insist(looks || calls.size > 0, 'no callback came');
    await resultAt(world, location, monitor);
    await world.wait(10 * minute);
    if (problem !== undefined) throw problem;
  };
}

async function resultAt(world: ClientWorld, url: string, monitor: Habits['monitor']): Promise<void> {
  for (let polls = 0; polls < 60; polls += 1) {
    const answer = await world.send({ url, headers: bearer });
    monitor(answer);
    if (answer.status === 200 && read(answer)['backgroundOperationStateCode'] === 3) return;
    await world.wait(minute);
  }
  throw new Error('no end');
}

const breaksFor = (client: SmallClient) => async (freedoms: readonly Freedom[]) => {
  const beset: SmallClient = async (world) => {
    for (const fault of faultsOf(freedoms)) world.simulator.control.faults.add(fault);
    await client(world);
  };
  return (await runClient(beset, { choices: choicesOf(freedoms) })).error !== undefined;
};

describe('documented faults', () => {
  it.each<[string, Partial<Habits>]>([
    ['callback-lost', { looks: false }],
    [
      'callback-twice',
      {
        called: (calls) => {
          insist(calls === 1, 'called again');
        },
      },
    ],
    [
      'monitor-503',
      {
        monitor: ({ status }) => {
          insist(status !== 503, 'the monitor fails');
        },
      },
    ],
    [
      'monitor-429',
      {
        monitor: ({ status }) => {
          insist(status !== 429, 'refused');
        },
      },
    ],
    [
      'answer-lost',
      {
        submitted: ({ status }) => {
          insist(status !== 0, 'no answer');
        },
      },
    ],
  ])('a client that relies on there being no %s is told so, and of nothing else', async (name, habits) => {
    const breaks = breaksFor(clientWith({ ...patient, ...habits }));
    const found = await findReliances({ count: 12, seed: 1, faults: true, breaks });
    expect(found.map(({ freedoms }) => freedoms.map(nameOf))).toEqual([[name]]);
    expect(found[0]?.runs).toBeLessThanOrEqual(12);
    expect(found[0]?.reason).toMatch(new RegExp(`^the client breaks with ${name}: .* can `));
  });

  it('do not break a client that takes them all, whatever a Dataverse chooses besides', async () => {
    const breaks = breaksFor(clientWith(patient));
    expect(await findReliances({ count: 30, seed: 100, faults: true, breaks })).toEqual([]);
  });
});
