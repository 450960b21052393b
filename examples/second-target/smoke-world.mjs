/** What the smoke check needs: the server, started, a listener for all that it sends, and ways to talk to both. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import process from 'node:process';

const received = [];
const answers = new Map();
const listener = http.createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  received.push({ url: request.url, headers: request.headers, body });
  const next = answers.get(request.url)?.(body) ?? { status: 204 };
  response.writeHead(next.status ?? 200, { 'content-type': 'application/json' });
  response.end(next.status === undefined ? JSON.stringify(next) : '');
});
listener.listen(0, '127.0.0.1');
await once(listener, 'listening');
/** Where the listener is. */
export const mine = `http://127.0.0.1:${listener.address().port}`;

const server = spawn(process.execPath, [new URL('server.mjs', import.meta.url).pathname, '--port', '0'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [line] = await once(server.stdout, 'data');
/** Where the server is, and its Web API. */
export const target = /http:\/\/\S+/.exec(String(line))[0];
export const api = `${target}/api/data/v9.2`;

/** A request as the initiator unless another token, or null for none, is given; what else is given are headers. */
export async function call(method, url, { body, token = 'token-initiator', ...headers } = {}) {
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(url, {
    method,
    headers: { ...authorization, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: text.startsWith('{') ? JSON.parse(text) : undefined,
  };
}

/** Moves the clock. */
export const advance = async (milliseconds) =>
  (await call('POST', `${target}/clock`, { token: null, body: { milliseconds } })).json.now;
/** What the listener received at that path and query. */
export const at = (path) => received.filter(({ url }) => url === path);
/** A row of backgroundoperations. */
export const row = async (id, query = '') =>
  (await call('GET', `${api}/backgroundoperations(${id})${query}`)).json;
let count = 0;

/** Calls the probe with a control URL of its own, which gives that answer, or what that function makes of each call. */
export async function submit(answer, { prefer = 'respond-async', inputs = {}, token } = {}) {
  const path = `/control/${(count += 1)}`;
  answers.set(path, typeof answer === 'function' ? answer : () => answer);
  const response = await call('POST', `${api}/bgop_Probe`, {
    token,
    prefer,
    body: { ControlUrl: mine + path, ...inputs },
  });
  return {
    path,
    response,
    id: response.headers.get('x-ms-dyn-backgroundoperationid'),
    location: response.headers.get('location'),
  };
}

/** Ends both. */
export function stop() {
  server.kill();
  listener.close();
  listener.closeAllConnections();
}
