import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseConfig } from '../../harness/config.ts';
import { UnfinishedError, UsageError } from '../terminal.ts';
import { openPlace } from './place.ts';

/** A target in a container, whose secret is not set: cleaning up does without. */
const config = parseConfig({
  target: {
    kind: 'container',
    image: 'contoso:1',
    port: 80,
    auth: { kind: 'bearer', tokenEnv: 'BGOP_TEST_ABSENT' },
  },
});

afterEach(() => {
  vi.doUnmock('testcontainers');
});

describe('the place where a run leaves something', () => {
  it('is out of reach without the package testcontainers, which is said with the way out', async () => {
    vi.doMock('testcontainers', () => {
      throw new Error('not there');
    });
    const opening = openPlace(config);
    await expect(opening).rejects.toThrow(UnfinishedError);
    await expect(opening).rejects.toThrow('npm install testcontainers@');
  });

  it('is out of reach without an engine, which is said with the way out', async () => {
    vi.doMock('testcontainers', () => ({
      getContainerRuntimeClient: () => Promise.reject(new Error('no strategy')),
    }));
    const opening = openPlace(config);
    await expect(opening).rejects.toThrow(UnfinishedError);
    await expect(opening).rejects.toThrow(/no container engine can be reached .*Start Docker or Podman/);
  });

  it('is the engine for a container, needing neither its image nor its secrets', async () => {
    const dockerode = { listContainers: () => Promise.resolve([]) };
    vi.doMock('testcontainers', () => ({
      getContainerRuntimeClient: () => Promise.resolve({ container: { dockerode } }),
    }));
    const place = await openPlace(config);
    expect((await place.find()).found).toEqual([]);
    await place.close();
  });

  it('is none for the embedded simulator', async () => {
    const opening = openPlace(parseConfig({ target: { kind: 'simulator' } }));
    await expect(opening).rejects.toThrow(UsageError);
    await expect(opening).rejects.toThrow('ends with its run');
  });
});
