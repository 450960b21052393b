import { spawnSync } from 'node:child_process';
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

/** As it is written in a notebook: a loop that lets a minute pass at the simulator's clock. */
const python = `
import json, os, urllib.request as web
url, token = os.environ['BGOP_SIMULATOR_URL'], os.environ['BGOP_SIMULATOR_TOKEN']
def call(to, body=None, **headers):
    data = None if body is None else json.dumps(body).encode()
    request = web.Request(to, data, {'Content-Type': 'application/json', **headers})
    with web.urlopen(request) as answer:
        text = answer.read()
        return answer, json.loads(text) if text else {}
auth = {'Authorization': 'Bearer ' + token}
answer, _ = call(url + '/api/data/v9.2/sample_Echo', {'StringValue': 'a'}, Prefer='respond-async', **auth)
assert answer.status == 202, answer.status
for _ in range(60):
    call(os.environ['BGOP_SIMULATOR_CLOCK_URL'], {'milliseconds': 60_000})
    _, state = call(answer.headers['Location'], **auth)
    if state['backgroundOperationStateCode'] == 3: break
assert state['backgroundOperationStatusCode'] == 30, state
`;
const hasPython = spawnSync('python3', ['--version']).status === 0;

describe.skipIf(!hasPython)('a client in Python', () => {
  it('is judged by what it does, and breaks nothing', async () => {
    const command = ['python3', '-c', python];
    const { status, recorder } = await runClientTests({
      command,
      clock: 'virtual',
      timeoutMs: 60_000,
      shown: true,
    });
    const broken = recorder.outcomes().filter(({ outcome }) => outcome === 'broken');
    expect([status, broken.map(({ clause }) => clause)]).toEqual([0, []]);
    expect(recorder.traffic()[0]?.operations[0]?.happenings.map(({ kind }) => kind)).toEqual([
      'submission',
      'read',
    ]);
  });
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
