import { lstat, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConfig, type Config } from '../../harness/config.ts';
import { keepLog, reachedConfig } from './container.ts';

const url = 'http://localhost:32768';

function config(target: object = {}, listener: object = {}): Config {
  return parseConfig({ target: { kind: 'container', image: 'contoso:1', port: 80, ...target }, listener });
}

describe('the configuration that reaches a started container', () => {
  it('has the listener on the address that the container reaches, under the name it knows', () => {
    const { listener, target } = reachedConfig(config(), { url, gateway: '172.17.0.1' });
    expect(listener).toMatchObject({ host: '172.17.0.1', hostName: 'host.docker.internal', publicUrl: null });
    expect(target).toMatchObject({ kind: 'container', reachedAt: url, clock: { kind: 'real' } });
  });

  it('stays on the loopback address where the engine leads there by itself', () => {
    const { listener } = reachedConfig(config(), { url, gateway: undefined });
    expect(listener).toMatchObject({ host: '127.0.0.1', hostName: 'host.docker.internal' });
  });

  it('leaves alone what the file says of the listener', () => {
    const said = { host: '0.0.0.0', hostName: 'suite.test', publicUrl: 'https://suite.test/listener' };
    const { listener } = reachedConfig(config({}, said), { url, gateway: '172.17.0.1' });
    expect(listener).toMatchObject(said);
  });

  it('reads the address of the clock relative to the container', () => {
    const clockAt = (address: string) =>
      reachedConfig(config({ clock: { kind: 'virtual', url: address } }), { url, gateway: undefined }).target
        .clock;
    expect(clockAt('/simulator/clock')).toEqual({ kind: 'virtual', url: `${url}/simulator/clock` });
    expect(clockAt('http://clock.test/now')).toEqual({ kind: 'virtual', url: 'http://clock.test/now' });
  });
});

describe('the log of a container', () => {
  const told: string[] = [];
  const tell = (line: string) => void told.push(line);
  const terminal = { out: tell, err: tell, document: tell };
  const container = { log: () => 'what it wrote' };

  it('goes into the folder of the report, over a link and not through it', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'bgop log '));
    const [victim, file] = ['victim', 'container.log'].map((name) => path.join(folder, name)) as [
      string,
      string,
    ];
    await writeFile(victim, 'precious');
    await symlink(victim, file);
    await keepLog(container, folder, terminal);
    expect(await readFile(victim, 'utf8')).toBe('precious');
    expect(await readFile(file, 'utf8')).toBe('what it wrote');
    expect((await lstat(file)).isFile()).toBe(true);
  });

  it('costs no verdict where it cannot be written', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'bgop log '));
    await writeFile(path.join(folder, 'report'), 'a file');
    told.length = 0;
    await keepLog(container, path.join(folder, 'report'), terminal);
    expect(told.join()).toContain('cannot be written');
  });
});
