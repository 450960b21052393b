// A bad network as a reverse proxy: real HTTP on both sides, and what goes wrong between them by a plan.
import { Agent, createServer, request as send } from 'node:http';
import { crc32 } from 'node:zlib';

/**
 * What a kind of weather may do with one request.
 * @typedef {object} Moment
 * @property {import('node:http').IncomingMessage} request
 * @property {import('node:http').ServerResponse} response
 * @property {number} number of the request, from 1
 * @property {() => number} random between 0 and 1, the same in each run
 * @property {number} sinceMs milliseconds since the first request
 * @property {Map<string, unknown>} memory of the weather, as long as it lasts
 * @property {(status: number, headers?: Record<string, string>, body?: string) => void} answer
 * @property {() => void} reset the connection
 * @property {(milliseconds: number) => void} closeFor refuses all connections for so long, this one included
 * @property {() => Promise<{ status: number, headers: string[], body: Buffer }>} forward takes it to the target
 * @property {(got: { status: number, headers: string[], body: Buffer }) => void} relay gives the target's answer
 */

/**
 * Starts the proxy. `weather(moment)` resolves with true where it has dealt with the request.
 *
 * @param upstream gives the address that requests are taken to, which may change meanwhile
 * @param settings.name decides what happens at random, the same in each run
 */
export async function startWeather(upstream, weather, { keepAliveTimeout = 5_000, name = '' } = {}) {
  const random = randomFrom(crc32(name));
  const memory = new Map();
  const agent = new Agent({ keepAlive: true });
  const counts = { requests: 0, spoiled: 0 };
  let began;
  const server = createServer(async (request, response) => {
    began ??= Date.now();
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const moment = {
      request,
      response,
      random,
      memory,
      number: (counts.requests += 1),
      sinceMs: Date.now() - began,
      answer: (status, headers = {}, text = '') => response.writeHead(status, headers).end(text),
      reset: () => request.socket.resetAndDestroy(),
      closeFor,
      forward: () => forward(agent, upstream(), request, body),
      relay: (got) => relay(response, got),
    };
    try {
      if (await weather(moment)) counts.spoiled += 1;
      else relay(response, await moment.forward());
    } catch {
      request.socket.destroy();
    }
  });
  server.keepAliveTimeout = keepAliveTimeout;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  let opening;
  function closeFor(milliseconds) {
    server.close();
    server.closeAllConnections();
    opening = setTimeout(() => server.listen(port, '127.0.0.1'), milliseconds);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    counts,
    close: () =>
      new Promise((resolve) => {
        clearTimeout(opening);
        agent.destroy();
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

function forward(agent, upstream, request, body) {
  const url = new URL(request.url, upstream);
  return new Promise((resolve, reject) => {
    const sent = send(
      url,
      { agent, method: request.method, headers: request.rawHeaders.length > 0 ? headersOf(request) : {} },
      (answer) => {
        const chunks = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({ status: answer.statusCode, headers: answer.rawHeaders, body: Buffer.concat(chunks) }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Several fields of one name stay several; the host stays the one that was asked for. */
function headersOf(request) {
  const fields = {};
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    const name = request.rawHeaders[i];
    if (/^(connection|keep-alive|transfer-encoding)$/i.test(name)) continue;
    (fields[name] ??= []).push(request.rawHeaders[i + 1]);
  }
  return Object.fromEntries(
    Object.entries(fields).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
}

function relay(response, { status, headers, body }) {
  const kept = [];
  for (let i = 0; i < headers.length; i += 2)
    if (!/^(connection|keep-alive|transfer-encoding|content-length)$/i.test(headers[i]))
      kept.push(headers[i], headers[i + 1]);
  if (status !== 204 && status !== 304) kept.push('Content-Length', String(body.length));
  response.writeHead(status, kept);
  response.end(body);
}

function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
