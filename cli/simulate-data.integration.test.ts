import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { killOverAndOver } from '../scripts/kill-data.ts';
import { bgop, emptyFolder, start } from './fixtures/bgop.ts';

describe('bgop simulate --data', () => {
  it('loses nothing that was answered 202 when it is killed under load', { timeout: 180_000 }, async () => {
    const counted = await killOverAndOver(3);
    expect(counted).toMatchObject({ kills: 3, problems: [] });
    expect(counted.accepted).toBeGreaterThan(0);
  });

  it('says what is wrong with a folder, and what to do', { timeout: 60_000 }, async () => {
    const folder = await emptyFolder();
    const first = start(folder, ['simulate', '--data', 'kept']);
    await first.says('listening on');
    expect(await bgop(folder, 'simulate', '--data', 'kept')).toMatchObject({
      status: 2,
      err: expect.stringContaining(
        'kept is in use by another simulator. End that one, or name another folder.',
      ) as string,
    });
    first.child.kill('SIGINT');
    expect((await first.ended).status).toBe(0);
    expect((await bgop(folder, 'simulate', '--data', 'kept', '--clock', 'virtual')).err).toContain(
      'Start with --clock real',
    );
    await rm(folder, { recursive: true });
  });
});
