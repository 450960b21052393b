import assert from 'node:assert/strict';
import { createSimulator, deviated, numberOf } from 'background-operations-simulator';
import { contractBehaviour } from 'background-operations-simulator/decisions';
import { listDeviations } from 'background-operations-simulator/deviations';
import accepted from 'background-operations-simulator/deviations/submit.accepted';
import { startServer } from 'background-operations-simulator/server';

assert.equal(typeof contractBehaviour.accepted, 'function');
assert.equal(numberOf(5), 5);
assert.ok((await listDeviations()).includes('submit.accepted-ok'));
const { url, simulator, close } = await startServer(createSimulator(deviated([accepted.ok])));
const { status } = await fetch(`${url}/api/data/v9.2/sample_Echo`, {
  method: 'POST',
  headers: {
    authorization: 'Bearer token-initiator',
    'content-type': 'application/json',
    prefer: 'respond-async',
  },
  body: '{}',
});
assert.equal(status, 200);
assert.equal(simulator.control.requests.count(), 1);
await close();
