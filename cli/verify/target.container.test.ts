import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../record/result.ts';
import { bgop, emptyFolder, resultIn, start } from '../fixtures/bgop.ts';
import { containersThere, folderFor, image } from '../fixtures/containers.ts';

const minutes = 60_000;

function logIn(folder: string): Promise<string | undefined> {
  return readFile(path.join(folder, 'conformance-report/container.log'), 'utf8').catch(() => undefined);
}

function verdictsOf(result: Result | undefined): unknown {
  return result?.clauses.map(({ id, verdict }) => `${id}: ${verdict}`);
}

describe.skipIf(image === undefined)('bgop verify on a container', () => {
  it(
    'comes to the same verdicts as embedded, with callbacks, events and a virtual clock',
    async () => {
      const args = ['verify', '--seed', '7', '--runs', '5', '--only', 'submit,callback,event,cancel'];
      const folder = await folderFor();
      await mkdir(path.join(folder, 'conformance-report'));
      await writeFile(path.join(folder, 'conformance-report/container.log'), 'of an earlier run');
      const contained = await bgop(folder, ...args);
      expect(contained.status, contained.err).toBe(0);
      expect(contained.err).toContain('1 worker\n');
      expect(await logIn(folder)).toBeUndefined();
      const embedded = await emptyFolder();
      expect((await bgop(embedded, ...args)).status).toBe(0);
      const [one, other] = [await resultIn(folder), await resultIn(embedded)];
      expect(verdictsOf(one)).toEqual(verdictsOf(other));
      expect(one?.summary).toEqual(other?.summary);
      expect(one?.target).toMatchObject({ kind: 'container', url: image });
      expect(await containersThere()).toEqual([]);
    },
    4 * minutes,
  );

  it(
    'keeps the log beside the report when a clause is broken',
    async () => {
      const folder = await folderFor({ options: '--deviate submit.accepted-ok' });
      const broken = await bgop(folder, 'verify', '--only', 'submit.accepted');
      expect(broken.status, broken.err).toBe(1);
      expect(broken.err).toContain("The container's log: conformance-report/container.log");
      expect(await logIn(folder)).toContain('listening on http://0.0.0.0:8080');
      expect(await containersThere()).toEqual([]);
    },
    2 * minutes,
  );

  it(
    'says what a container wrote last that ends at once, keeps it, and ends with 3',
    async () => {
      const folder = await folderFor({ options: '--nonsense' });
      const ended = await bgop(folder, 'verify');
      expect(ended.status).toBe(3);
      expect(ended.err).toContain('ended before it was ready. It wrote last:');
      expect(ended.err).toContain("unknown option '--nonsense'");
      expect(await logIn(folder)).toContain("unknown option '--nonsense'");
      expect(await containersThere()).toEqual([]);
    },
    minutes,
  );

  it(
    'names an image that is not to be had, and ends with 3',
    async () => {
      const ended = await bgop(await folderFor({ image: 'localhost:9/not/there:1' }), 'verify');
      expect(ended.status).toBe(3);
      expect(ended.err).toContain('has no image "localhost:9/not/there:1"');
      expect(ended.err).toContain('target.image');
    },
    minutes,
  );

  it(
    'removes the container at Ctrl-C while it is not ready yet, and ends with 3',
    async () => {
      const running = start(await folderFor({ waitFor: '/never' }), ['verify']);
      await expect.poll(containersThere, { timeout: 20_000 }).toHaveLength(1);
      running.child.kill('SIGINT');
      const ended = await running.ended;
      expect(ended.status).toBe(3);
      expect(ended.err).toContain('interrupted while the container was starting');
      expect(await containersThere()).toEqual([]);
    },
    minutes,
  );

  it(
    'removes the container at Ctrl-C during the run, and ends with 3',
    async () => {
      const folder = await folderFor();
      // Long enough that it is still going on when the first line of progress is out.
      const running = start(folder, ['verify', '--only', 'submit,table', '--runs', '2000']);
      await running.says('checks, 0 failed');
      running.child.kill('SIGINT');
      const ended = await running.ended;
      expect(ended.status, ended.err).toBe(3);
      expect((await resultIn(folder))?.run.incomplete, ended.err).toBe('The run was interrupted.');
      expect(await containersThere()).toEqual([]);
    },
    minutes,
  );
});
