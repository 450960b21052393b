import { describe, expect, it } from 'vitest';
import { fail, NotTestable, Undecided } from '../../harness/test.ts';
import { observeLife, type ObservedLife } from './observing.ts';

type Tools = Parameters<typeof observeLife>[0];

const beyond = 'needs a virtual clock, --slow, or a longer budget.waitMs: retry 2 did not come in 30 s';

/** Tools on a real clock that nobody waits for, with an operation that never comes to rest; counts the milliseconds paused. */
function tools(patience: object): { readonly given: Tools; readonly paused: () => number } {
  let paused = 0;
  const operation = {
    attempts: [],
    monitor: () => Promise.resolve({ state: 2, status: 20 }),
    cancel: () => Promise.resolve({ ok: true }),
    requireEnd: () => Promise.resolve(),
    parts: { patience, raise: () => undefined },
  };
  const given = {
    submit: () => Promise.resolve(operation),
    clock: {
      virtual: false,
      pause: (milliseconds: number) => Promise.resolve(void (paused += milliseconds)),
    },
    properties: { seed: 7 },
  } as unknown as Tools;
  return { given, paused: () => paused };
}

const failing: ObservedLife = { attempts: [fail(), fail()] };

describe('a life that does not come to rest in real time', () => {
  it('is not tested where its retries are known to take longer than may be waited', async () => {
    const { given } = tools({ realMs: 3_000, beyond });
    await expect(observeLife(given, failing)).rejects.toThrow(new NotTestable(beyond));
  });

  it('is undecided where nothing is known of the retries', async () => {
    await expect(observeLife(tools({ realMs: 3_000 }).given, failing)).rejects.toThrow(Undecided);
  });

  it('is given the usual time once it is canceled, which need not wait for a retry', async () => {
    const { given, paused } = tools({ realMs: 3_000, beyond });
    const canceled: ObservedLife = { ...failing, cancel: { way: 'delete', inRound: 1 } };
    await expect(observeLife(given, canceled)).rejects.toThrow(new NotTestable(beyond));
    expect(paused()).toBeGreaterThanOrEqual(30_000);
  });
});
