import { describe, expect, it } from 'vitest';
import { start } from '../fixtures/bgop.ts';
import { containersThere, folderFor, image } from '../fixtures/containers.ts';
import type { DoctorFinding } from './finding.ts';

const minutes = 60_000;

describe.skipIf(image === undefined)('bgop doctor on a container', () => {
  it(
    'finds nothing wrong with the simulator, skips only TLS, and leaves no container',
    async () => {
      const folder = await folderFor({ waitFor: '/simulator/health', token: 'of-this-container' });
      const ended = await start(folder, ['doctor', '--format', 'json'], { BGOP_RUN_ID: 'not-the-doctors' })
        .ended;
      expect(ended, ended.out).toMatchObject({ status: 0 });
      expect(ended.err).toMatch(/^Starting \S+ for run doctor-[0-9a-f]{8} …\n$/);
      const { ok, checks } = JSON.parse(ended.out) as { ok: boolean; checks: DoctorFinding[] };
      expect(ok, ended.out).toBe(true);
      expect(checks.filter(({ outcome }) => outcome !== 'ok')).toEqual([
        { id: 'tls', outcome: 'skipped', told: 'the address begins with http:' },
      ]);
      expect(await containersThere()).toEqual([]);
    },
    2 * minutes,
  );

  it(
    'is found by its own id while it is at work',
    async () => {
      const running = start(await folderFor({ waitFor: '/never' }), ['doctor']);
      await expect.poll(containersThere, { timeout: 20_000 }).toHaveLength(1);
      const looked = await start(await folderFor(), ['cleanup']).ended;
      expect(looked.out).toMatch(/Run doctor-[0-9a-f]{8} left behind: 1 container\./);
      running.child.kill('SIGINT');
      expect(await running.ended).toMatchObject({ status: 3 });
      expect(await containersThere()).toEqual([]);
    },
    2 * minutes,
  );
});
