import { describe, expect, it } from 'vitest';
import { listenProblem } from './listen-problem.ts';

const ports = { host: '127.0.0.1', port: 80, tlsPort: 443 };
const failed = (code: string, port?: number) => Object.assign(new Error('no'), { code, port });

describe('a port that cannot be listened on', () => {
  it('is named with its option', () => {
    expect(listenProblem(failed('EADDRINUSE', 443), ports)).toBe(
      'port 443 is taken. Give another one, or --tls-port 0 for a free one.',
    );
    expect(listenProblem(failed('EADDRINUSE', 80), ports)).toContain('--port 0');
  });

  it.each([
    ['linux', 'ip_unprivileged_port_start=80'],
    ['darwin', '--host 0.0.0.0'],
    ['win32', 'administrator'],
  ] as const)('needs rights that %s gives in its own way', (platform, way) => {
    const said = listenProblem(failed('EACCES', 443), ports, platform);
    expect(said).toMatch(/^port 443 needs more rights\. .*Or give --tls-port from 1024 on\.$/);
    expect(said).toContain(way);
  });

  it('may be at a wrong address', () => {
    expect(listenProblem(failed('EADDRNOTAVAIL'), ports)).toBe(
      '127.0.0.1 is not an address of this machine.',
    );
    expect(listenProblem('odd', ports)).toBe('odd');
  });
});
