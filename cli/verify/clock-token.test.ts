import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../../harness/config.ts';
import { startServer, type RunningServer } from '../../simulator/server.ts';
import { writeConfig } from '../simulate-config.ts';
import { warnOfOthers } from '../simulate-warnings.ts';
import { checkConfiguration, preflight } from './preflight.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({}, { host: '0.0.0.0' });
});
afterAll(() => server.close());

const configOf = (clock: object) => {
  const url = server.url.replace('0.0.0.0', '127.0.0.1');
  const auth = { kind: 'simulator-user', user: 'initiator', token: server.users[0]?.token };
  return parseConfig({
    target: { kind: 'url', url, auth, clock: { kind: 'virtual', url: '/simulator/clock', ...clock } },
  });
};

describe('a virtual clock that asks for a token', () => {
  it('is moved with the token of the environment, and without one the run says what to do', async () => {
    const named = configOf({ tokenEnv: 'BGOP_CONTROL_TOKEN' });
    await preflight(named, { BGOP_CONTROL_TOKEN: server.controlToken });
    await expect(preflight(configOf({}), {})).rejects.toThrow('is answered 401. It asks for a token');
    await expect(checkConfiguration(named, {})).rejects.toThrow('target.clock.tokenEnv');
  });

  it('is in the configuration that the simulator writes, with its token', async () => {
    const file = path.join(tmpdir(), `clock-token-${process.pid}.json`);
    await writeConfig(server, { writeConfig: file, clock: 'virtual' });
    const { target } = parseConfig(JSON.parse(await readFile(file, 'utf8')));
    await rm(file);
    expect(target.clock).toMatchObject({ kind: 'virtual', token: server.controlToken });
  });

  it('is told of when the simulator starts', () => {
    const told = (options: object, of: Pick<RunningServer, 'users' | 'controlToken'> = server) => {
      const lines: string[] = [];
      warnOfOthers(of, { host: '0.0.0.0', ...options }, { note: (line) => lines.push(line) });
      return lines.join('\n');
    };
    expect(told({})).toContain(`  control      ${server.controlToken}\n`);
    const given = { users: server.users, controlToken: 'given' };
    expect(told({ controlToken: 'given' }, given)).not.toContain('given');
    expect(told({ controlToken: false }, { users: [], controlToken: undefined })).toContain(
      'others can reach',
    );
    expect(told({ host: '127.0.0.1' })).toBe('');
  });
});
