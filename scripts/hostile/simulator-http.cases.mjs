// Hostile callers of the simulator that speak HTTP well: web pages, rebinding, odd bodies and queries.
import { ask, expectStatus, head, withBody } from './raw.mjs';

/** These are quick, all of them. */
export const short = true;

const echo = '/api/data/v9.2/sample_Echo';
const clock = '/simulator/clock';
const rows = '/api/data/v9.2/backgroundoperations';
const move = '{"milliseconds":1}';

/** Throws if what a page may send has moved the clock. */
async function standsStill(context, attack) {
  const { url, port } = await context.simulator();
  const now = async () => (await (await fetch(`${url}${clock}`)).json()).now;
  const before = await now();
  await attack(port);
  const after = await now();
  if (before !== after) throw new Error(`the clock moved from ${before} to ${after}`);
}

const refusal = (name, status, ...requests) => ({
  name,
  deadlineMs: 15_000,
  run: (context) =>
    standsStill(context, async (port) => {
      for (const request of requests) expectStatus((await ask(port, request, 5000)).text, status);
    }),
});

export default [
  refusal(
    'a page on another site, and one after DNS rebinding',
    403,
    withBody('POST', clock, move, 'Host: 127.0.0.1', 'Origin: https://evil.example'),
    withBody('POST', clock, move, 'Host: 127.0.0.1', 'Origin: null'),
    withBody('POST', clock, move, 'Host: 127.0.0.1', 'Sec-Fetch-Site: cross-site'),
    withBody('POST', clock, move, 'Host: evil.example', 'Origin: http://evil.example'),
    withBody('POST', echo, '{}', 'Host: evil.example:8080'),
    head('POST', '/api/data/v9.2/sample_CleanupExportedDataAnnotations', 'Origin: https://evil.example'),
    head('GET', '/api/data/v9.2/WhoAmI', 'Host: evil.example'),
  ),
  refusal(
    'hosts that look like this machine',
    403,
    ...[
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      'evil-localhost',
      '127.0.0.1@evil.example',
      '2130706433',
      '[::2]',
    ].map((host) => withBody('POST', clock, move, `Host: ${host}`)),
    `GET http://evil.example${clock} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`,
  ),
  refusal(
    'bodies that a form or a page can send',
    415,
    ...[
      'text/plain',
      'text/plain; x=application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ].map((type) => head('POST', clock, `Content-Type: ${type}`, `Content-Length: ${move.length}`) + move),
    head('POST', clock, `Content-Length: ${move.length}`) + move,
  ),
  refusal('a compressed body', 415, withBody('POST', clock, move, 'Content-Encoding: gzip')),
  {
    name: 'a preflight opens nothing',
    deadlineMs: 10_000,
    async run(context) {
      const { port } = await context.simulator();
      const asked = head(
        'OPTIONS',
        clock,
        'Origin: https://evil.example',
        'Access-Control-Request-Method: POST',
      );
      const { text } = await ask(port, asked, 3000);
      if (/access-control-allow/i.test(text)) throw new Error(text.slice(0, 200));
    },
  },
  refusal(
    'deep JSON',
    400,
    withBody('POST', clock, `${'['.repeat(100_000)}${']'.repeat(100_000)}`),
    withBody('POST', echo, `{"EntityValue":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`),
  ),
  refusal(
    'filters with more conditions or nesting than a query may have',
    400,
    head('GET', `${rows}?$filter=${'name%20eq%20%27a%27%20or%20'.repeat(900)}true`),
    head('GET', `${rows}?$filter=${'('.repeat(5000)}true${')'.repeat(5000)}`),
    head('GET', `${rows}?$filter=${'not%20'.repeat(5000)}true`),
  ),
  {
    name: 'a million ids in one filter',
    deadlineMs: 20_000,
    async run(context) {
      const { port } = await context.simulator();
      const id = 'backgroundoperationid%20eq%2000000000-0000-4000-8000-000000000000%20or%20';
      const { text } = await ask(
        port,
        head('GET', `${rows}?$filter=${id.repeat(1_000_000 / 64)}true`),
        15_000,
      );
      expectStatus(text, 400, 414, 431);
    },
  },
  {
    name: 'advances that together pass the last date leave a clock that moves',
    deadlineMs: 20_000,
    async run(context) {
      const { url } = await context.simulator();
      const advance = async (milliseconds) => {
        const body = JSON.stringify({ milliseconds });
        const headers = { 'content-type': 'application/json' };
        const answer = await fetch(`${url}${clock}`, { method: 'POST', headers, body });
        return answer.status;
      };
      const far = 8e15;
      const all = await Promise.all([far, 2e14, 2e14, far, 1].map(advance));
      if (all.some((status) => status >= 500)) throw new Error(all.join(' '));
      if ((await advance(1)) !== 200) throw new Error('the clock does not move any more');
    },
  },
];
