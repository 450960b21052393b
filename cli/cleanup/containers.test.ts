import { describe, expect, it } from 'vitest';
import { ContainerError, type Engine } from '../../harness/container-engine.ts';
import { findContainers, removeContainers } from './containers.ts';
import type { Leftover } from './leftovers.ts';

interface Fake {
  readonly engine: Engine;
  /** What `listContainers` was asked for. */
  readonly asked: unknown[];
  /** What was removed, and how. */
  readonly removed: unknown[];
}

/** An engine that has these containers, and answers the removal of some with a status. */
function fake(listed: object[] | Error, answers: Readonly<Record<string, number>> = {}): Fake {
  const asked: unknown[] = [];
  const removed: unknown[] = [];
  const dockerode = {
    listContainers: (options: unknown) => {
      asked.push(options);
      return listed instanceof Error ? Promise.reject(listed) : Promise.resolve(listed);
    },
    getContainer: (id: string) => ({
      remove: (options: unknown) => {
        removed.push([id, options]);
        const statusCode = answers[id];
        if (statusCode === undefined) return Promise.resolve();
        return Promise.reject(Object.assign(new Error(`HTTP code ${statusCode}.`), { statusCode }));
      },
    }),
  };
  return { engine: { container: { dockerode } } as unknown as Engine, asked, removed };
}

const labelled = (id: string, run?: string) => ({
  Id: id,
  Image: 'contoso:1',
  Labels: { 'bgop.container': 'x', ...(run === undefined ? {} : { 'bgop.run': run }) },
});

const left = (id: string, run: string): Leftover => ({ kind: 'container', id, name: 'contoso:1', run });

describe('the containers that runs left', () => {
  it('are those with both labels of the suite, running or not', async () => {
    const { engine, asked } = fake([labelled('a', '1a2b3c4d'), labelled('b', 'doctor-1a2b3c4d')]);
    expect(await findContainers(engine)).toEqual({
      found: [left('a', '1a2b3c4d'), left('b', 'doctor-1a2b3c4d')],
      unseen: [],
      refused: [],
    });
    expect(asked).toEqual([{ all: true, filters: { label: ['bgop.container', 'bgop.run'] } }]);
  });

  it('are looked for by their run', async () => {
    const { engine, asked } = fake([]);
    await findContainers(engine, 'build-7');
    expect(asked).toEqual([{ all: true, filters: { label: ['bgop.container', 'bgop.run=build-7'] } }]);
  });

  it('are none whose label is not the id of a run', async () => {
    const { engine } = fake([labelled('a'), labelled('b', ''), labelled('c', 'no id')]);
    expect((await findContainers(engine)).found).toEqual([]);
  });

  it('cannot be told where the engine does not list them, with its reason', async () => {
    const { engine } = fake(new Error('permission denied\nat the socket'));
    const looking = findContainers(engine);
    await expect(looking).rejects.toThrow(ContainerError);
    await expect(looking).rejects.toThrow('the engine does not list its containers: permission denied.');
  });
});

describe('the removal of containers', () => {
  it('is by force, with volumes, and goes on after one that is refused', async () => {
    const { engine, removed } = fake([], { b: 404, c: 500 });
    const leftovers = ['a', 'b', 'c', 'd'].map((id) => left(id, '1a2b3c4d'));
    expect(await removeContainers(engine, leftovers)).toEqual([
      { ...left('a', '1a2b3c4d'), outcome: 'removed' },
      { ...left('b', '1a2b3c4d'), outcome: 'gone' },
      { ...left('c', '1a2b3c4d'), outcome: 'refused', reason: 'HTTP code 500' },
      { ...left('d', '1a2b3c4d'), outcome: 'removed' },
    ]);
    expect(removed).toEqual(['a', 'b', 'c', 'd'].map((id) => [id, { force: true, v: true }]));
  });
});
