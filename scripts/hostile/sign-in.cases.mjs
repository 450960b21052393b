// Hostile sign-in services, as `authority` of client credentials: the run ends with 3 (or 2) and names the service.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeCertificates } from '../../cli/fixtures/certificates.ts';
import { startTokenService } from '../../cli/fixtures/token-service.ts';
import { defaultUsers } from '../../simulator/simulator.ts';
import { bgop } from './bgop.mjs';
import { configFor, judge, startTarget, verify } from './target.mjs';

const secret = 'canary~sign/in+secret=&%2718281828';
const proxyPassword = 'canary-proxy-password-1414213562';
const tenantId = '8f1c2a34-0000-4000-8000-00000000000a';
/** The sign-in may take 30 s; the rest is for starting. */
const deadlineMs = 75_000;
/** A run that ends at the sign-in has asked it so often at most, its retries included. */
const mostRequests = 30;

const isToken = (request) => request.method === 'POST';
const json = { 'Content-Type': 'application/json' };
/** Answers what asks for a token; the rest is answered well. */
const tokens =
  (status, body, headers = json) =>
  (request, _body, response) => {
    if (!isToken(request)) return false;
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
    return true;
  };
const token = (change) =>
  tokens(200, {
    token_type: 'Bearer',
    expires_in: 3600,
    access_token: 'canary-access-token-16180339',
    ...change,
  });
const silent = () => true;
const drip = (_request, _body, response) => {
  response.writeHead(200, json);
  const timer = setInterval(() => response.write(' '), 300);
  response.once('close', () => clearInterval(timer));
  return true;
};
const reset = (request) => {
  request.socket.destroy();
  return true;
};

const refused = { status: 3, says: /sign/i };
const nameless = { status: [2, 3], says: /sign-in service|signing in|token/i };

function service(name, instead, expected = refused, options = {}) {
  const { short = false, most = mostRequests, trust = true, accept, only = 'access.challenge' } = options;
  const { throughProxy } = options;
  return {
    name,
    short,
    beside: true,
    deadlineMs: deadlineMs + 10_000,
    async run() {
      const folder = await mkdtemp(path.join(tmpdir(), 'bgop-hostile-tls-'));
      const { tls, caFile } = await makeCertificates(folder);
      const proxy = throughProxy === undefined ? undefined : await startProxy(throughProxy);
      let count = 0;
      const target = await startTarget(() => undefined, { tls, acceptToken: accept });
      const running = await startTokenService({
        tls,
        tenantId,
        scope: `${target.url}/.default`,
        lifeSeconds: 3_600,
        applications: [{ clientId: 'app', secret, user: defaultUsers[0] }],
        instead: (...all) => {
          count += 1;
          return instead(...all);
        },
      });
      try {
        const ended = await bgop(verify(only), {
          config: configFor(target.url, {
            target: {
              auth: {
                kind: 'client-credentials',
                tenantId,
                clientId: 'app',
                clientSecretEnv: 'BGOP_HOSTILE_SECRET',
                authority: running.url,
              },
            },
          }),
          environment: {
            BGOP_HOSTILE_SECRET: secret,
            NODE_EXTRA_CA_CERTS: trust ? caFile : '',
            ...(proxy === undefined ? {} : { HTTPS_PROXY: proxy.url }),
          },
          secrets: [secret, 'canary-access-token-16180339', proxyPassword],
          deadlineMs,
        });
        if (count > most) throw new Error(`the service was asked ${count} times, expected at most ${most}`);
        return `${judge(ended, expected, target)}, ${count} to the service`;
      } finally {
        await running.close();
        await target.close();
        proxy?.close();
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** A proxy that does this with whoever connects. */
async function startProxy(behave) {
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', (data) => behave(socket, data.toString('latin1')));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://user:${proxyPassword}@127.0.0.1:${server.address().port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
const proxied = (name, behave, options = {}) =>
  // The target is asked first, and lies behind the same proxy.
  service(
    `through a proxy that ${name}`,
    () => false,
    { status: 3, says: /cannot be reached/ },
    { throughProxy: behave, ...options },
  );

const user = () => defaultUsers[0];
/** Whatever the token is, the target takes it, so that only its life is odd. */
const odd = (name, change, expected = { status: [0, 3] }, options = {}) =>
  service(name, token(change), expected, { accept: user, ...options });

export default [
  service('a service that never answers', silent, refused),
  service('a service that never answers to the request for a token', isToken, refused),
  service('a service whose answer drips', drip, refused),
  service('429 for ever', tokens(429, { error: 'throttled' }, { ...json, 'Retry-After': '1' }), refused),
  service(
    '429 for ever, Retry-After 1e9',
    tokens(429, { error: 'throttled' }, { ...json, 'Retry-After': '1000000000' }),
    refused,
  ),
  service('500 for ever', tokens(500, 'x'), refused),
  service(
    'HTML instead of a token',
    tokens(200, '<html><script>hostile()</script>', { 'Content-Type': 'text/html' }),
    nameless,
    { short: true },
  ),
  service(
    'a redirect to itself',
    (request, _body, response) => {
      response.writeHead(307, { Location: request.url }).end();
      return true;
    },
    refused,
  ),
  service('JSON that is none', tokens(200, '{"access_token":'), nameless),
  service('JSON 100,000 deep', tokens(200, '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)), nameless, {
    short: true,
  }),
  service('an answer of 50 MB', tokens(200, 'x'.repeat(50_000_000)), nameless),
  service(
    'an error text that attacks the terminal and repeats the secret',
    (request, body, response) =>
      tokens(401, {
        error: 'invalid_client',
        error_description: `AADSTS7000215: \u001b[2J\u202e\n::error::${body} ${secret}`,
      })(request, body, response),
    refused,
    { short: true },
  ),
  service('a reset of every connection', reset, refused),
  service(
    'a certificate that nobody vouches for',
    () => false,
    { status: 3, says: /certificate/ },
    { trust: false },
  ),
  service('a token that the target refuses', token({}), { status: 3, says: /401/ }),
  odd('a token of 1 MB', { access_token: 'a'.repeat(2 ** 20) }, { status: [2, 3] }),
  odd(
    'a token with line breaks',
    { access_token: 'a\r\nX-Injected: 1' },
    { status: [2, 3], says: /header/ },
    { short: true },
  ),
  odd('a token that is an object', { access_token: { a: 1 } }, { status: [2, 3] }),
  odd('no token', { access_token: undefined }, nameless),
  odd('a token_type that is none', { token_type: '\u001b[31mMAC' }),
  odd('expires_in of -1', { expires_in: -1 }, { status: 0 }, { short: true }),
  odd('expires_in of 0', { expires_in: 0 }, { status: 0 }),
  odd('expires_in of "NaN"', { expires_in: 'NaN' }, { status: [0, 3] }),
  odd('expires_in of 1e300', { expires_in: 1e300 }, { status: [0, 3] }),
  proxied('never answers', () => {}),
  proxied('answers 407 with what attacks a terminal, and repeats the password', (socket, said) =>
    socket.end(
      `HTTP/1.1 407 \x1b[31mno\r\nProxy-Authenticate: Basic realm="::error::\x9b2J ${proxyPassword} ${/authorization: (.*)/i.exec(said)?.[1]}"\r\nContent-Length: 0\r\n\r\n`,
      'latin1',
    ),
  ),
  proxied('opens the tunnel and speaks no TLS in it', (socket) =>
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n\x00\x01hostile\r\n'),
  ),
  proxied('sends headers without end', (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const timer = setInterval(() => socket.write(`X: ${'y'.repeat(4_000)}\r\n`), 20);
    socket.once('close', () => clearInterval(timer));
  }),
  proxied('asks to connect to itself elsewhere', (socket) =>
    socket.end('HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n'),
  ),
];
