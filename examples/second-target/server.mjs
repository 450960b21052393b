/** The command: reads its arguments, puts the parts together, and is the door for HTTP. */
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { ODATA_HEADERS, Refusal, refuse } from './answers.mjs';
import { realClock, virtualClock } from './clock.mjs';
import { sendCallback } from './deliveries.mjs';
import { checkRegistration, raiseCompletion } from './events.mjs';
import { tellFlows } from './flows.mjs';
import { backgroundOperations } from './operations.mjs';
import { parsePrefer } from './prefer.mjs';
import { createRegistry } from './registry.mjs';
import { route } from './routes.mjs';

const VIRTUAL_START = Date.parse('2031-05-06T07:08:09.000Z');
const LARGEST_BODY = 16 * 1024 * 1024;

function settings() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8099' },
      host: { type: 'string', default: '127.0.0.1' },
      clock: { type: 'string', default: 'virtual' },
    },
  });
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535)
    throw new Error(`--port takes a number from 0 to 65535, not '${values.port}'`);
  if (!['virtual', 'real'].includes(values.clock))
    throw new Error(`--clock is virtual or real, not '${values.clock}'`);
  return {
    port,
    host: values.host,
    clock: values.clock === 'real' ? realClock() : virtualClock(VIRTUAL_START),
  };
}

function organization(clock) {
  const registry = createRegistry(clock, checkRegistration);
  const operations = backgroundOperations(clock, (operation) =>
    Promise.all([
      sendCallback(clock, operation),
      raiseCompletion(clock, registry, operation),
      tellFlows(clock, registry, operation),
    ]),
  );
  return { clock, registry, operations };
}

/** The request as the resources want it: nothing of the connection, everything of the message. */
function plainRequest({ method, url, headers }, bodyText) {
  const [rawPath, ...rest] = url.split('?');
  return {
    method,
    path: decoded(rawPath),
    query: new URLSearchParams(rest.join('?')),
    headers,
    origin: `http://${headers.host}`,
    prefer: parsePrefer(headers.prefer),
    text: bodyText,
    /** The body as an object; a call without one is a call without parameters. */
    json() {
      let body;
      try {
        body = bodyText === '' ? {} : JSON.parse(bodyText);
      } catch (error) {
        throw refuse.payload(error.message);
      }
      if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
      throw refuse.payload("A 'StartObject' node was expected when reading from the JSON reader.");
    },
  };
}

function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    throw refuse.malformedRequest(`'${path}' is no well-formed path.`);
  }
}

async function bodyOf(incoming) {
  const chunks = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size <= LARGEST_BODY) chunks.push(chunk);
  }
  // Only now: who is still sending would not read the answer.
  if (size > LARGEST_BODY) throw refuse.tooLarge();
  return Buffer.concat(chunks).toString('utf8');
}

async function answer(incoming, parts) {
  try {
    return await route(plainRequest(incoming, await bodyOf(incoming)), parts);
  } catch (error) {
    if (incoming.readableAborted) return { status: 400, headers: {} };
    if (error instanceof Refusal)
      return { ...error.answer, headers: { ...oDataBelow(incoming.url), ...error.answer.headers } };
    process.stderr.write(`${error.stack}\n`);
    return {
      status: 500,
      headers: {},
      body: { error: { code: '0x80040216', message: 'An unexpected error occurred.' } },
    };
  }
}

function oDataBelow(url) {
  return url.startsWith('/api/data/') ? ODATA_HEADERS : {};
}

function send(outgoing, method, { status, headers, body }) {
  const requestId = randomUUID();
  const text =
    body === undefined || body === null ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const bytes = Buffer.from(text);
  outgoing.writeHead(status, {
    'cache-control': 'no-cache',
    'x-ms-service-request-id': [requestId, randomUUID()],
    req_id: requestId,
    'x-source': 'second-target',
    ...(text === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...(status === 204 ? {} : { 'content-length': bytes.length }),
    ...headers,
  });
  outgoing.end(method === 'HEAD' ? undefined : bytes);
}

function start() {
  const { port, host, clock } = settings();
  const parts = organization(clock);
  const server = http.createServer(async (incoming, outgoing) =>
    send(outgoing, incoming.method, await answer(incoming, parts)),
  );
  // Longer than clients keep idle connections, so that none is closed just as it is used again.
  server.keepAliveTimeout = 70_000;
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
  server.listen(port, host, () =>
    process.stdout.write(`listening on http://${host}:${server.address().port}\n`),
  );
}

try {
  start();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
