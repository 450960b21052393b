import { randomUUID } from 'node:crypto';
import { getContainerRuntimeClient } from 'testcontainers';
import { afterEach, describe, expect, it } from 'vitest';
import { removeContainer } from '../../harness/container-engine.ts';
import { bgop, start } from '../fixtures/bgop.ts';
import { containersThere, folderFor, image } from '../fixtures/containers.ts';

const minutes = 60_000;
/** What is removed after a test, in case that it did not come so far. */
const created: string[] = [];

afterEach(async () => {
  const engine = await getContainerRuntimeClient();
  for (const id of created.splice(0)) await removeContainer(engine, id);
});

/** Kills a run while its container is starting, which stays; gives the container's id. */
async function killed(run: string): Promise<string> {
  const before = await containersThere();
  const added = async () => (await containersThere()).filter((id) => !before.includes(id));
  const running = start(await folderFor({ waitFor: '/never' }), ['verify'], { BGOP_RUN_ID: run });
  await running.says(`for run ${run} …`);
  await expect.poll(added, { timeout: 20_000 }).toHaveLength(1);
  running.child.kill('SIGKILL');
  await running.ended;
  const [id = ''] = await added();
  created.push(id);
  return id;
}

/** A container of the same image that somebody else created. */
async function strangers(): Promise<string> {
  const { dockerode } = (await getContainerRuntimeClient()).container;
  const { id } = await dockerode.createContainer({ Image: image ?? '', Labels: { run: 'killed-1' } });
  created.push(id);
  return id;
}

async function isThere(id: string): Promise<boolean> {
  const { dockerode } = (await getContainerRuntimeClient()).container;
  return (await dockerode.listContainers({ all: true })).some(({ Id }) => Id === id);
}

describe.skipIf(image === undefined)('bgop cleanup of containers', () => {
  it(
    'lists what a killed run left, and removes it by its run and nothing else',
    async () => {
      // Nobody else's, also on an engine that is not this test's alone.
      const [run, other] = [`killed-${randomUUID().slice(0, 8)}`, `other-${randomUUID().slice(0, 8)}`];
      const stranger = await strangers();
      const [mine, theirs] = [await killed(run), await killed(other)];
      const folder = await folderFor({ image: 'localhost:9/not/there:1' });

      const looked = await bgop(folder, 'cleanup', '--config', 'bgop.config.json');
      expect(looked, looked.err).toMatchObject({ status: 0 });
      expect(looked.out).toContain(`Run ${run} left behind: 1 container.`);
      expect(looked.out).toContain(`Run ${other} left behind: 1 container.`);
      expect(looked.out).toContain(`left      container  ${mine.slice(0, 12)}  ${image}`);
      expect(looked.out).toContain(`bgop cleanup --config bgop.config.json --run ${run}`);
      expect(looked.out).not.toContain(stranger.slice(0, 12));

      const dry = await bgop(folder, 'cleanup', '--all', '--dry-run');
      expect(dry.out).toContain('Nothing was removed');
      expect(await containersThere()).toEqual(expect.arrayContaining([mine, theirs]));

      const cleaned = await bgop(folder, 'cleanup', '--run', run, '--format', 'json');
      expect(cleaned, cleaned.err).toMatchObject({ status: 0 });
      expect(JSON.parse(cleaned.out)).toEqual({
        schemaVersion: 1,
        run,
        removed: true,
        leftovers: [{ kind: 'container', id: mine, name: image, run, outcome: 'removed' }],
        notLookedAt: [],
      });
      expect(await isThere(mine)).toBe(false);
      expect(await isThere(theirs)).toBe(true);

      expect((await bgop(folder, 'cleanup', '--run', run)).out).toBe(`Run ${run} left nothing behind.\n`);
      const last = await bgop(folder, 'cleanup', '--run', other);
      expect(last.out).toContain('1 containers removed, 0 were gone already.');
      expect(await isThere(theirs)).toBe(false);
      expect(await isThere(stranger)).toBe(true);
    },
    2 * minutes,
  );

  it(
    'is not done by another run of the same id: that removes its own container only',
    async () => {
      const run = `shards-${randomUUID().slice(0, 8)}`;
      const left = await killed(run);
      const before = await containersThere();
      const shard = start(await folderFor(), ['verify', '--only', 'submit.accepted'], { BGOP_RUN_ID: run });
      const ended = await shard.ended;
      expect(ended.status, ended.err).toBe(0);
      expect(await containersThere()).toEqual(before);
      expect(before).toContain(left);
      const cleaned = await bgop(await folderFor(), 'cleanup', '--run', run);
      expect(cleaned, cleaned.err).toMatchObject({ status: 0 });
      expect(await isThere(left)).toBe(false);
    },
    2 * minutes,
  );
});
