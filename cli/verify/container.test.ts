import { describe, expect, it } from 'vitest';
import { parseConfig, type Config } from '../../harness/config.ts';
import { reachedConfig } from './container.ts';

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
