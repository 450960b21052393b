import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createSimulator } from '../../simulator/simulator.ts';
import { recordClient } from './recorder.ts';

/** What a client that wants a callback at this address is told of its receiver. */
async function judgedWith(receiver: string): Promise<Record<string, string | undefined>> {
  const recorder = recordClient();
  const simulator = createSimulator(recorder.options);
  await simulator.handle({
    method: 'POST',
    path: '/api/data/v9.2/sample_CleanupExportedDataAnnotations',
    query: '',
    origin: 'http://localhost',
    headers: { authorization: 'Bearer token-initiator' },
    prefer: [`respond-async,odata.callback;url="${receiver}"`],
    body: '',
  });
  await simulator.clock.advance(1_000);
  await simulator.sent();
  simulator.dispose();
  const outcomes = recorder.outcomes().filter(({ clause }) => clause.startsWith('client-notify.'));
  return Object.fromEntries(outcomes.map(({ clause, outcome }) => [clause.slice(14), outcome]));
}

/** A server that does this with each request; closed when the work is done. */
async function withReceiver<Result>(
  answer: Parameters<typeof createServer>[1],
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  const server = createServer({}, answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/done`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

it('is told of a receiver that hangs up', async () => {
  const judged = await withReceiver((request) => request.socket.destroy(), judgedWith);
  expect(judged).toMatchObject({ answers: 'broken', 'in-time': 'held' });
});

it('reads why a receiver refuses', async () => {
  const judged = await withReceiver((_request, response) => {
    response.writeHead(400).end('The header x-api-key is missing.');
  }, judgedWith);
  expect(judged).toMatchObject({ answers: 'held', 'url-is-enough': 'broken' });
});

it('holds nothing against a client whose tests have no receiver', async () => {
  const closed = await withReceiver(undefined, (url) => Promise.resolve(url));
  expect(await judgedWith(closed)).toMatchObject({ answers: 'unseen', 'in-time': 'unseen' });
});
