/* eslint-disable @typescript-eslint/no-require-imports -- what is tried here is require */
const assert = require('node:assert/strict');
const { createSimulator } = require('background-operations-simulator');
const { PlatformError } = require('background-operations-simulator/custom-api');
const { contractBehaviour } = require('background-operations-simulator/decisions');
const { withDeviations } = require('background-operations-simulator/deviations');
const { startServer } = require('background-operations-simulator/server');

async function main() {
  assert.equal(typeof contractBehaviour.accepted, 'function');
  assert.equal(new PlatformError(5, 'five').code, 5);
  const { url, close } = await startServer(createSimulator(await withDeviations('submit.accepted-ok')));
  const { status } = await fetch(`${url}/api/data/v9.2/sample_Echo`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer token-initiator',
      'content-type': 'application/json',
      prefer: 'respond-async',
    },
    body: '{}',
  });
  await close();
  assert.equal(status, 200);
}

main();
