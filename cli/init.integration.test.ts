import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startServer } from '../simulator/server.ts';
import { bgop, emptyFolder } from './fixtures/bgop.ts';

describe('bgop init', () => {
  it('writes, without a terminal, a configuration with which the target is ready and can be verified', async () => {
    const server = await startServer({ clock: 'virtual' });
    const folder = await emptyFolder();
    const options = ['--url', server.url, '--auth', 'simulator-user', '--events', 'webhook-step'];
    const ended = await bgop(folder, 'init', ...options, '--clock-url', '/simulator/clock');
    const doctor = await bgop(folder, 'doctor');
    const verify = await bgop(folder, 'verify', '--only', 'submit.accepted,access.forbidden');
    await server.close();
    expect(ended, ended.err).toMatchObject({ status: 0, err: '' });
    expect(ended.out).toContain('bgop doctor');
    expect(doctor.out).toContain('12 ok, 0 wrong');
    expect(verify.status, verify.err).toBe(0);
  }, 60_000);

  it('does not overwrite, and leaves nothing behind when it refuses', async () => {
    const folder = await emptyFolder();
    expect(await bgop(folder, 'init', '--yes')).toMatchObject({ status: 0 });
    const second = await bgop(folder, 'init', '--yes', '--url', 'http://127.0.0.1:9');
    expect(second).toMatchObject({ status: 2, out: '' });
    expect(second.err).toContain('bgop.config.json is there already');
    const file = path.join(folder, 'bgop.config.json');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ target: { kind: 'simulator' } });
    expect(await bgop(folder, 'init', '--force', '--url', 'http://127.0.0.1:9')).toMatchObject({ status: 0 });
    expect(await readFile(file, 'utf8')).toContain('http://127.0.0.1:9');
  });

  it.each([
    [[], 'options are missing: --url ADDRESS'],
    [['--auth', 'client-credentials', '--clock', 'virtual'], ', and --tenant-id, --client-id, --clock-url.'],
    [['--kind', 'url'], '--url must be given'],
    [['--kind', 'urls'], 'Allowed choices are simulator, url, container'],
    [['--output', 'c.yaml'], 'expected a name that ends in .json'],
    [['--url', 'http://user:secret@contoso.example'], 'found "http://…@contoso.example"'],
    [['--url', 'http://x', '--token-env', 'a token, not a name'], 'found a text that is not repeated here'],
  ])('%j ends with 2', async (args, message) => {
    const folder = await emptyFolder();
    const ended = await bgop(folder, 'init', ...args);
    expect(ended).toMatchObject({ status: 2, out: '' });
    expect(ended.err).toContain(message);
    expect(await readdir(folder)).toEqual([]);
  });
});
