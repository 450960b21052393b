// Requests made of pieces at random, over raw sockets and over HTTP; health is measured meanwhile.
import { Worker } from 'node:worker_threads';
import { ask, converse, statusOf } from './raw.mjs';

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const methods = ['GET', 'POST', 'PATCH', 'DELETE', 'PUT', 'HEAD', 'OPTIONS', 'TRACE', 'BREW', 'get', ''];
const paths = [
  '/api/data/v9.2/sample_Echo',
  '/api/data/v9.2/bgop_Probe',
  '/api/data/v9.2/WhoAmI',
  '/api/data/v9.2/backgroundoperations',
  '/api/data/v9.2/backgroundoperations/$count',
  '/api/data/v9.2/backgroundoperations(%27)',
  '/api/backgroundoperation/x',
  '/api/backgroundoperation/00000000-0000-4000-8000-000000000000',
  '/api/data/v9.2/serviceendpoints',
  '/api/data/v9.2/customapis',
  '/api/data/v9.2/sdkmessageprocessingsteps',
  '/api/data/v9.2/asyncoperations',
  '/simulator/clock',
  '/simulator/health',
  '/',
  '//',
  '/%00',
  '/api/data/v9.2/%ff',
  '/../..',
  '*',
  'http://x/',
  '/api/data/v9.2/__proto__',
  '/api/data/v9.2/$batch',
];
const queries = [
  '',
  '?$filter=name%20eq%20%27a%27',
  '?$filter=((((',
  '?$top=-1',
  '?$select=*',
  '?$orderby=name%20desc,name',
  '?$count=true',
  '?$skiptoken=%3Ccookie%3E',
  '?$filter=contains(name,%27%25%27)',
  '?$filter=%00',
  '?%',
  '?$expand=x',
  '?a=b&a=b',
  '?$apply=x',
  '?$filter=createdon%20ge%209999-99-99T00:00:00Z',
  '?$filter=not%20not%20true',
];
const fields = [
  'Authorization: Bearer token-initiator',
  'Authorization: Bearer token-other',
  'Authorization: Bearer x',
  'Prefer: respond-async',
  'Prefer: respond-async,odata.callback;url="http://127.0.0.1:9/"',
  'Prefer: odata.callback;url=""',
  'Prefer: ;;;,,"',
  'Content-Type: application/json',
  'Content-Type: text/plain',
  'If-Match: *',
  'If-None-Match: *',
  'Accept: x',
  'Expect: 100-continue',
  'Connection: close',
  'Content-Encoding: gzip',
  'x-bgop-depth: 99',
  'Transfer-Encoding: chunked',
  'Content-Length: 3',
  'Prefer: odata.maxpagesize=0',
  'Prefer: odata.include-annotations="*"',
  'X-\xff: \xfe',
  'Cookie: a',
  'Origin: null',
];
const bodies = [
  '',
  '{}',
  '[]',
  'null',
  '{"milliseconds":1}',
  '{"milliseconds":1e308}',
  '{"StringValue":"\\ud800"}',
  '{"__proto__":{"a":1}}',
  '{"ControlUrl":"http://127.0.0.1:9/"}',
  '{"ControlUrl":"x"}',
  '{"IntegerValue":1e99}',
  '{"a":',
  '\xef\xbb\xbf{}',
  '{"EntityValue":{}}',
  '{"backgroundoperationstatecode":2,"backgroundoperationstatuscode":22}',
  '"' + 'x'.repeat(5000),
  '{"name":"a","contract":8,"url":"http://127.0.0.1:9/"}',
];

/** One request, mostly whole, sometimes with a byte changed or its end missing. */
function requestOf(random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const body = pick(bodies);
  const lines = [
    `${pick(methods)} ${pick(paths)}${pick(queries)} HTTP/${random() < 0.95 ? '1.1' : pick(['1.0', '2.0', '9', ''])}`,
  ];
  if (random() < 0.95)
    lines.push(
      random() < 0.95 ? 'Host: 127.0.0.1' : pick(['Host: evil', 'Host: ', 'Host: [::1', 'Host: a b']),
    );
  for (let count = Math.floor(random() * 5); count > 0; count -= 1) lines.push(pick(fields));
  if (body !== '' && random() < 0.9) lines.push(`Content-Length: ${Buffer.byteLength(body, 'latin1')}`);
  if (random() < 0.6) lines.push('Content-Type: application/json', 'Authorization: Bearer token-initiator');
  let text = `${lines.join('\r\n')}\r\n\r\n${body}`;
  if (random() < 0.1) {
    const at = Math.floor(random() * text.length);
    text = text.slice(0, at) + String.fromCharCode(Math.floor(random() * 256)) + text.slice(at + 1);
  }
  return random() < 0.05 ? text.slice(0, Math.floor(random() * text.length)) : text;
}

/** A request that is well framed, whatever it asks for. */
function wholeRequestOf(random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const method = pick(['GET', 'POST', 'PATCH', 'DELETE']);
  const path = pick(paths.filter((each) => each.startsWith('/')));
  const body = method === 'GET' ? '' : pick(bodies);
  const framing =
    /^(transfer-encoding|content-length|expect|content-type|content-encoding|origin|connection):/i;
  const more = [pick(fields), pick(fields)].filter((field) => !framing.test(field));
  const length = body === '' ? [] : ['Content-Type: application/json', `Content-Length: ${body.length}`];
  const lines = [`${method} ${path}${pick(queries)} HTTP/1.1`, 'Host: localhost', ...more, ...length];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** Asks for health from a thread of its own, whose measure does not wait for the fuzzing. */
function watchHealth(url) {
  const code = `
    const { parentPort, workerData } = require('node:worker_threads');
    const agent = new (require('node:http').Agent)({ keepAlive: true });
    const times = []; let over = false;
    parentPort.on('message', () => { over = true; });
    const ask = () => new Promise((resolve, reject) =>
      require('node:http').get(workerData + '/simulator/health', { agent }, (r) => { r.resume(); r.on('end', resolve); }).on('error', reject));
    (async () => {
      while (!over) { const from = performance.now(); await ask(); times.push(performance.now() - from); await new Promise((r) => setTimeout(r, 5)); }
      times.sort((a, b) => a - b);
      parentPort.postMessage({ asked: times.length, p99: times[Math.floor(times.length * 0.99)], most: times.at(-1) });
      parentPort.close(); agent.destroy();
    })();`;
  const worker = new Worker(code, { eval: true, workerData: url });
  const result = new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  return () => {
    worker.postMessage('over');
    return result;
  };
}

async function fuzz(context, send, make = requestOf) {
  const simulator = await context.simulator();
  const health = watchHealth(simulator.url);
  const seed = Math.floor(Math.random() * 2 ** 31);
  const random = randomOf(seed);
  const statuses = new Map();
  let left = context.requests;
  const attacker = async () => {
    while (left-- > 0) {
      const request = make(random);
      const { status, hung } = await send(simulator.port, request);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status >= 500 && status !== 501 && status !== 505) {
        throw new Error(`${status} (seed ${seed}) for ${JSON.stringify(request).slice(0, 300)}`);
      }
      if (hung) throw new Error(`no answer (seed ${seed}) for ${JSON.stringify(request).slice(0, 300)}`);
    }
  };
  await Promise.all(Array.from({ length: 16 }, attacker));
  const { asked, p99, most } = await health();
  const note = `${context.requests} requests, seed ${seed}; health p99 ${p99.toFixed(0)} ms, most ${most.toFixed(0)} ms of ${asked}`;
  if (context.long && p99 > 250) throw new Error(`${note}: more than 250 ms`);
  const seen = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}×${count}`);
  return `${note}; ${seen.join(' ')}`;
}

export default [
  {
    name: 'requests at random over raw sockets',
    deadlineMs: 1_800_000,
    run: (context) =>
      fuzz(context, async (port, request) => {
        // The client ends its side: whatever is not whole by then is over for the server, too.
        const { text, closed } = await converse(port, (socket) => socket.end(request, 'latin1'), 10_000);
        return { status: statusOf(text), hung: !closed && text === '' };
      }),
  },
  {
    name: 'whole requests at random, each answered',
    short: true,
    deadlineMs: 1_800_000,
    run: (context) => fuzz(context, sendWhole, wholeRequestOf),
  },
];

async function sendWhole(port, request) {
  const { text } = await ask(port, request, 20_000);
  return { status: statusOf(text), hung: text === '' };
}
