import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before, beforeEach, test } from 'node:test';

const post = (path, body, headers = {}) =>
  fetch(url + path, {
    method: 'POST',
    headers: { authorization: 'Bearer token-initiator', 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
let server;
let url;

before(async () => {
  const options = ['--port', '0', '--clock', 'virtual', '--apis', 'custom-apis.json'];
  server = spawn('bgop-simulator', options, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface(server.stdout), 'line');
  url = line.replace('listening on ', '');
});
beforeEach(() => post('/simulator/reset', {}));
after(() => server.kill());

test('runs a custom API from a file', async () => {
  const accepted = await post('/api/data/v9.2/contoso_Greet', { Name: 'Ada' }, { prefer: 'respond-async' });
  assert.equal(accepted.status, 202);
  await post('/simulator/clock', { milliseconds: 60_000 });
  const monitor = await fetch(accepted.headers.get('location'), {
    headers: { authorization: 'Bearer token-initiator' },
  });
  const { backgroundOperationStatusCode, Greeting } = await monitor.json();
  assert.deepEqual(
    { backgroundOperationStatusCode, Greeting },
    { backgroundOperationStatusCode: 30, Greeting: 'Hello Ada' },
  );
});
