import { describe, expect, it } from 'vitest';
import { createHostCheck, isLoopback } from './host-names.ts';

describe('the hosts that a request may name', () => {
  it.each([
    [
      '127.0.0.1',
      [],
      [
        'localhost',
        'LOCALHOST:80',
        'org.localhost:1',
        'localhost.',
        '127.0.0.1:8080',
        '127.1.2.3',
        '[::1]:9',
      ],
    ],
    ['0.0.0.0', [], ['localhost', '10.0.0.7:8080', '[fe80::1]:8080', '203.0.113.7']],
    ['192.0.2.7', [], ['192.0.2.7:80', 'localhost']],
    ['::', ['sim.test'], ['[2001:db8::1]', 'sim.test:80', 'SIM.test.']],
    ['127.0.0.1', ['*.docker.internal', 'single-label'], ['host.docker.internal:1', 'simulator:8080']],
    ['127.0.0.1', ['any'], ['whatever.example']],
  ])('listening on %s, allowing %j: %j', (bound, allowed, hosts) => {
    const check = createHostCheck(bound, allowed);
    expect(hosts.filter((host) => !check(host))).toEqual([]);
  });

  it.each([
    [
      '127.0.0.1',
      [],
      [
        'evil.example',
        'evil',
        '10.0.0.1',
        '127.0.0.1.evil.example',
        'localhost.evil',
        'xlocalhost',
        '2130706433',
      ],
    ],
    ['127.0.0.1', [], ['127.0.0.1@evil', '[::2]', '0x7f.1', '', 'a b']],
    ['0.0.0.0', [], ['evil.example', 'simulator', '1.2.3.4.evil']],
    ['192.0.2.7', [], ['192.0.2.8']],
    ['0.0.0.0', ['single-label', '*.test'], ['evil.example', 'test.evil', 'evil.test.x']],
  ])('listening on %s, allowing %j: not %j', (bound, allowed, hosts) => {
    const check = createHostCheck(bound, allowed);
    expect(hosts.filter((host) => check(host))).toEqual([]);
  });

  it('knows what only this machine reaches', () => {
    expect(['localhost', '127.0.0.1', '127.9.9.9', '::1', '[::1]'].map(isLoopback)).not.toContain(false);
    expect(['0.0.0.0', '::', '10.0.0.1', 'host.example', ''].map(isLoopback)).not.toContain(true);
  });
});
