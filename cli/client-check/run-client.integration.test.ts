import { describe, expect, it } from 'vitest';
import { runClientTests } from './run-client.ts';

const script = `
const { BGOP_SIMULATOR_URL: url, BGOP_SIMULATOR_TOKEN: token } = process.env;
const answer = await fetch(url + '/api/data/v9.2/sample_Echo', {
  method: 'POST',
  headers: { authorization: 'Bearer ' + token, 'content-type': 'application/json', prefer: 'respond-async' },
  body: '{}',
});
process.exit(answer.status === 202 ? 0 : 9);
`;

const run = (source: string, timeoutMs = 60_000) =>
  runClientTests({
    command: [process.execPath, '--input-type=module', '-e', source],
    clock: 'virtual',
    timeoutMs,
    shown: false,
  });

describe('runClientTests', () => {
  it('gives a command the simulator by the environment, and records what it does', async () => {
    const { status, recorder } = await run(script);
    expect(status).toBe(0);
    expect(recorder.traffic()[0]?.operations).toHaveLength(1);
  });

  it('ends tests that hang, and says so', async () => {
    const { status, how } = await run('setInterval(() => {}, 1000)', 500);
    expect([status, how]).toEqual([undefined, 'did not end within 0.5 s']);
  });

  it('says what is wrong with a command that cannot be started', async () => {
    const never = runClientTests({
      command: ['no-such-program'],
      clock: 'virtual',
      timeoutMs: 500,
      shown: false,
    });
    await expect(never).rejects.toThrow(
      /cannot be started: spawn no-such-program ENOENT\. Name a command after "--"/,
    );
  });
});
