import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startServer } from '../simulator/server.ts';
import { bgop, emptyFolder, resultIn, serve, start } from './fixtures/bgop.ts';

const minutes = 60_000;

it(
  'bgop verify --wait begins once a target that answered nothing, then a gateway’s 502, has started',
  async () => {
    const folder = await emptyFolder();
    // A port that nobody listens at, until the target does.
    const gateway = await serve((_request, response) => response.writeHead(502, { Via: 'x' }).end());
    const port = Number(new URL(gateway.url).port);
    await gateway.close();
    const config = {
      target: {
        kind: 'url',
        url: gateway.url,
        auth: { kind: 'simulator-user', user: 'initiator' },
        clock: { kind: 'virtual', url: '/simulator/clock' },
      },
    };
    await writeFile(path.join(folder, 'bgop.config.json'), JSON.stringify(config));
    const running = start(folder, ['verify', '--only', 'submit.accepted', '--wait', '100']);
    await running.says('Waiting up to 100 s until the target is ready: the target cannot be reached.');
    const target = await startServer({ clock: 'virtual' }, { port });
    const ended = await running.ended;
    await target.close();
    expect(ended, ended.err).toMatchObject({ status: 0 });
    expect(ended.err).toContain('The target is ready after ');
    expect((await resultIn(folder))?.summary.passed).toBe(1);
    expect((await resultIn(folder))?.run.command).toContain('--wait 100');
  },
  2 * minutes,
);

it(
  'it ends with 3 and what was seen last when the time is over; nonsense is wrong usage',
  async () => {
    const folder = await emptyFolder();
    const gateway = await serve((_request, response) => response.writeHead(503, { Server: 'lb' }).end());
    const args = ['--target', gateway.url, '--wait', '1'];
    const ended = await bgop(folder, 'verify', ...args);
    const doctor = await bgop(folder, 'doctor', ...args);
    await gateway.close();
    expect(ended.status).toBe(3);
    expect(ended.err.trim().split('\n')).toHaveLength(2);
    expect(ended.err).toContain('not ready within 1 s (--wait): the target cannot be reached: a gateway');
    expect(ended.err).toContain('Server: lb');
    expect(doctor).toMatchObject({ status: 3 });
    expect(doctor.out).toMatch(/wrong +http +a gateway/);
    for (const nonsense of ['-1', 'soon', '1e9', '']) {
      const refused = await bgop(folder, 'verify', '--wait', nonsense);
      expect([refused.status, refused.err]).toEqual([2, expect.stringContaining('--wait')]);
    }
  },
  2 * minutes,
);
