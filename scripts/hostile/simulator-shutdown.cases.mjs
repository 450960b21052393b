// The end of a simulator: answers and deliveries in flight are finished, a second signal is obeyed at once.
import { createServer } from 'node:http';
import { startSimulator } from './simulator-process.mjs';

const authorization = 'Bearer token-initiator';

/** A receiver that answers the probe after a while. */
async function receiverOf(waitMs) {
  const server = createServer((request, response) => {
    request.resume();
    setTimeout(() => response.end('{"outcome":"succeed"}'), waitMs);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${server.address().port}/` };
}

function executed(url, control) {
  return fetch(`${url}/api/data/v9.2/bgop_Probe`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ ControlUrl: control }),
  }).then(
    (answer) => answer.status,
    () => 0,
  );
}

export default [
  {
    name: '32 answers in flight are finished at SIGTERM',
    deadlineMs: 30_000,
    async run() {
      const simulator = await startSimulator();
      const receiver = await receiverOf(1500);
      try {
        const all = Array.from({ length: 32 }, () => executed(simulator.url, receiver.url));
        await new Promise((resolve) => setTimeout(resolve, 700));
        simulator.signal('SIGTERM');
        const statuses = await Promise.all(all);
        const cut = statuses.filter((status) => status !== 200).length;
        if (cut > 0) throw new Error(`${cut} of 32 were cut (${statuses.join(' ')})`);
        await simulator.ended();
      } finally {
        await simulator.stop();
        receiver.server.close();
      }
    },
  },
  {
    name: 'a second signal ends it at once, though an answer hangs',
    deadlineMs: 20_000,
    async run() {
      const simulator = await startSimulator();
      const receiver = await receiverOf(25_000);
      try {
        const hanging = executed(simulator.url, receiver.url);
        await new Promise((resolve) => setTimeout(resolve, 500));
        simulator.signal('SIGINT');
        await new Promise((resolve) => setTimeout(resolve, 300));
        const from = performance.now();
        simulator.signal('SIGINT');
        await simulator.ended();
        if (performance.now() - from > 3000) throw new Error('it went on');
        await hanging;
      } finally {
        await simulator.stop();
        receiver.server.closeAllConnections();
        receiver.server.close();
      }
    },
  },
];
