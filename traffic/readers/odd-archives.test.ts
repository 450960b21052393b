import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gather } from '../gather.ts';
import { judgeClients } from '../judge-clients.ts';
import { judgeTarget } from '../judge-target.ts';

// Archives as people really have them: sanitized, cut, exported twice, written by a shell.

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'odd-archives-'));
});
afterEach(() => rm(folder, { recursive: true }));

const origin = 'https://contoso.crm.dynamics.com';
const id = '0f0e0d0c-0b0a-4909-8807-060504030201';
const bearer = { name: 'Authorization', value: 'Bearer eyJsecretsecret' };
const codes = (state: number, status: number) =>
  `{"backgroundOperationStateCode":${state},"backgroundOperationStatusCode":${status}}`;

interface Entry {
  readonly startedDateTime: string;
  readonly time: number;
  readonly request: object;
  readonly response: { readonly status: number; readonly headers: object[]; readonly content: object };
}

/** An entry at a second of the archive's hour. */
function entry(second: number, more: Record<string, unknown> = {}): Entry {
  const {
    method = 'GET',
    status = 200,
    text = codes(2, 20),
    headers = [{ name: 'Content-Type', value: 'application/json' }],
    url,
    sent = [bearer],
  } = more;
  return {
    startedDateTime: new Date(Date.UTC(2026, 2, 1, 9, 0, 0, second * 1_000)).toISOString(),
    time: 12.5,
    request: {
      method,
      url: url ?? `${origin}/api/backgroundoperation/${id}`,
      headers: sent,
      ...(more['body'] === undefined ? {} : { postData: { text: more['body'] } }),
    },
    response: {
      status: status as number,
      headers: headers as object[],
      content: text === null ? { size: 90 } : { size: 90, mimeType: 'application/json', text },
    },
  };
}

const submitted = (second = 0, more: Record<string, unknown> = {}) =>
  entry(second, {
    method: 'POST',
    url: `${origin}/api/data/v9.2/my_Api`,
    status: 202,
    sent: [bearer, { name: 'Prefer', value: 'respond-async' }],
    headers: [
      { name: 'Location', value: `${origin}/api/backgroundoperation/${id}` },
      { name: 'x-ms-dyn-backgroundoperationid', value: id },
      { name: 'Preference-Applied', value: 'respond-async' },
    ],
    text: '',
    ...more,
  });
const canceled = (second: number) => entry(second, { method: 'DELETE', text: codes(2, 22) });
const rightLife = [submitted(), entry(60), entry(120), entry(180, { text: codes(3, 30) })];

const har = (entries: readonly unknown[]) =>
  JSON.stringify({ log: { version: '1.2', creator: { name: 'test', version: '1' }, entries } }, null, 2);

async function judged(...files: (string | Buffer)[]) {
  const paths = files.map((_file, index) => path.join(folder, `${index}.har`));
  for (const [index, file] of files.entries()) await writeFile(paths[index] ?? '', file);
  const { traffic, notes, cut } = await gather(paths);
  const outcomes = [...judgeClients(traffic), ...judgeTarget(traffic)];
  return {
    ...{ traffic, notes: notes.join('\n'), cut },
    kinds: traffic.operations.map(({ happenings }) => happenings.map(({ kind }) => kind).join(' ')),
    broken: outcomes.filter(({ outcome }) => outcome === 'broken').map(({ clause }) => clause),
    outcomeOf: (clause: string) => outcomes.find((one) => one.clause === clause)?.outcome,
  };
}

const whole = 'submission read read read';

describe('an archive is read', () => {
  it.each<[string, string | Buffer]>([
    ['with a byte order mark', `\uFEFF${har(rightLife)}`],
    ['in UTF-16 with a mark, as PowerShell writes it', Buffer.from(`\uFEFF${har(rightLife)}`, 'utf16le')],
    ['in UTF-16 without one', Buffer.from(har(rightLife), 'utf16le')],
    ['in UTF-16, the large end first', Buffer.from(`\uFEFF${har(rightLife)}`, 'utf16le').swap16()],
    ['packed, whatever its name', gzipSync(har(rightLife))],
    ['with an entry a line', rightLife.map((one) => JSON.stringify(one)).join('\n')],
    ['as a bare list of entries', JSON.stringify(rightLife)],
    ['packed and with an entry a line', gzipSync(rightLife.map((one) => JSON.stringify(one)).join('\n'))],
    ['with the latest first', har([...rightLife].reverse())],
  ])('%s', async (_what, file) => {
    const { kinds, broken, cut } = await judged(file);
    expect({ kinds, broken, cut }).toEqual({ kinds: [whole], broken: [], cut: undefined });
  });

  it('once where it is named twice, or where exports overlap, and says so', async () => {
    const { kinds, broken, notes } = await judged(har(rightLife), har(rightLife.slice(1)));
    expect({ kinds, broken }).toEqual({ kinds: [whole], broken: [] });
    expect(notes).toContain('3 that stand there twice count once');
  });

  it('once where the client and a proxy have both recorded it', async () => {
    const lines = rightLife.map((one, index) => {
      const { url, method, headers } = one.request as Record<'url' | 'method' | 'headers', string>;
      return JSON.stringify({
        ...{ at: new Date(Date.parse(one.startedDateTime) + 700 + index).toISOString(), durationMs: 9 },
        ...{
          method,
          headers,
          url: url.replace(origin, 'http://127.0.0.1:8081'),
          status: one.response.status,
        },
        ...{
          answerHeaders: one.response.headers,
          answerBody: (one.response.content as { text: string }).text,
        },
      });
    });
    const { kinds, broken } = await judged(har(rightLife), lines.join('\n'));
    expect({ kinds, broken }).toEqual({ kinds: [whole], broken: [] });
  });

  it('with statuses as text', async () => {
    const texts = rightLife.map((one) => ({
      ...one,
      response: { ...one.response, status: `${one.response.status}` },
    }));
    expect((await judged(har(texts))).kinds).toEqual([whole]);
    expect((await judged(har(texts))).broken).toEqual([]);
  });

  it('but for entries that nobody can place in time, which are counted', async () => {
    const { kinds, notes } = await judged(
      har([...rightLife, { ...entry(240), startedDateTime: '1/3/2026 morning' }, null]),
    );
    expect(kinds).toEqual([whole]);
    expect(notes).toContain('4 exchanges (HAR), 2 without a time or an address are left out');
  });

  it('without what a browser answered from its cache', async () => {
    const cached = [
      { ...entry(61), _fromCache: 'disk' },
      { ...entry(62), _fetchType: 'Memory Cache' },
    ];
    const { kinds, broken } = await judged(har([...rightLife, ...cached]));
    expect({ kinds, broken }).toEqual({ kinds: [whole], broken: [] });
  });

  it('with the offsets of its times', async () => {
    const moved = {
      ...entry(0, { text: codes(2, 20) }),
      startedDateTime: '2026-03-01T10:01:00.0000000+01:00',
    };
    const { kinds, broken } = await judged(har([submitted(), moved, ...rightLife.slice(2)]));
    expect({ kinds, broken }).toEqual({ kinds: [whole], broken: [] });
  });

  it.each<[string, string | Buffer, RegExp]>([
    ['a zip archive', Buffer.from('PK\x03\x04 and more', 'latin1'), /is a zip archive\. Unpack it/],
    ['packets', Buffer.from('d4c3b2a102000400', 'hex'), /is a capture of packets/],
    ['flows of mitmproxy', '2170:9:websocket;0:~8:response;', /mitmdump -nr FILE --set hardump/],
    ['a collection of Postman', '{"info":{"_postman_id":"1"},"item":[]}', /is a collection of Postman/],
    ['an export of Insomnia', '{"_type":"export","__export_format":4}', /is an export of Insomnia/],
    ['a session of Charles', '[{"status":"COMPLETE","method":"GET","scheme":"https"}]', /session of Charles/],
    [
      'the runs of a flow',
      '{"value":[{"type":"Microsoft.ProcessSimple/environments/flows/runs"}]}',
      /history of a flow's runs/,
    ],
    ['other JSON', '{"a":[1,2]}', /is JSON with no exchange in it\. Wanted a HAR file/],
  ])('but not %s: what it is and what to do is said', async (_what, file, message) => {
    await expect(judged(file)).rejects.toThrow(message);
  });
});

describe('nobody is accused', () => {
  it('of polling too soon, where the tool writes whole seconds', async () => {
    const rounded = [submitted(), entry(59), entry(118), entry(177, { text: codes(3, 30) })].map((one) => ({
      ...one,
      startedDateTime: one.startedDateTime.replace('.000Z', 'Z'),
    }));
    expect((await judged(har(rounded))).broken).toEqual([]);
    const early = [submitted(), entry(59), entry(117), entry(177, { text: codes(3, 30) })];
    expect((await judged(har(early))).broken).toEqual(['client-poll.interval']);
  });

  it('of not looking after a cancellation, whichever entry stands first', async () => {
    const life = [
      submitted(),
      canceled(20),
      entry(90, { text: codes(3, 32) }),
      entry(1_500, { url: `${origin}/x` }),
    ];
    for (const entries of [life, [...life].reverse()]) {
      const { broken, outcomeOf } = await judged(har(entries));
      expect([broken, outcomeOf('client-cancel.follows-up')]).toEqual([[], 'held']);
    }
  });

  it('of cancelling after the end, nor overlooked, whichever entry stands first', async () => {
    const life = [...rightLife, canceled(240)];
    for (const entries of [life, [...life].reverse()])
      expect((await judged(har(entries))).broken).toContain('client-cancel.not-after-end');
  });

  it('of missing credentials in a sanitized archive, because a token had expired', async () => {
    const sanitized = [
      submitted(0, { sent: [{ name: 'Prefer', value: 'respond-async' }] }),
      entry(60, { sent: [], status: 401, text: '' }),
      entry(61, { sent: [], text: codes(3, 30) }),
    ];
    const { broken, outcomeOf } = await judged(har(sanitized));
    expect([broken, outcomeOf('client-access.credentials')]).toEqual([[], 'unseen']);
    const refused = [entry(60, { sent: [], status: 401, text: '' })];
    expect((await judged(har(refused))).broken).toEqual(['client-access.credentials']);
  });

  it('of missing credentials in a request that the browser gave up', async () => {
    const { broken } = await judged(har([...rightLife, entry(200, { sent: [], status: 0, text: '' })]));
    expect(broken).not.toContain('client-access.credentials');
  });

  it('of anything about states, where the tool kept no bodies, and nothing is said to be kept', async () => {
    const bare = [submitted(), ...[1, 2, 3, 4].map((second) => entry(second, { text: null }))];
    const { broken, outcomeOf } = await judged(har(bare));
    expect([broken, outcomeOf('client-poll.interval'), outcomeOf('client-poll.stops')]).toEqual([
      [],
      'unseen',
      'unseen',
    ]);
  });

  it('of answers without body or fields, where the tool kept none or cut them', async () => {
    const cut = [
      submitted(0, { headers: [], text: null }),
      entry(60, { headers: [], text: null }),
      entry(120, { text: codes(3, 30).slice(0, 20) }),
      entry(180, { method: 'DELETE', text: null }),
    ];
    expect((await judged(har(cut))).broken).toEqual([]);
    const empty = { headers: [{ name: 'Content-Length', value: '0' }], text: '' };
    const really = [submitted(), entry(60, empty), entry(120, { text: codes(3, 30) })];
    expect((await judged(har(really))).broken).toEqual(['monitor.json', 'monitor.codes']);
  });

  it('of leaving a result unread that it had canceled', async () => {
    const callback = entry(100, {
      ...{ method: 'POST', url: 'https://client.example/done', sent: [], status: 204, text: '' },
      body: `{"backgroundOperationId":"${id}","location":"${origin}/api/backgroundoperation/${id}",${codes(3, 30).slice(1)}`,
    });
    const later = entry(1_500, { url: `${origin}/x` });
    const asked = submitted(0, {
      sent: [
        bearer,
        { name: 'Prefer', value: 'respond-async, odata.callback;url="https://client.example/done"' },
      ],
      headers: [
        { name: 'Location', value: `${origin}/api/backgroundoperation/${id}` },
        { name: 'x-ms-dyn-backgroundoperationid', value: id },
        { name: 'Preference-Applied', value: 'respond-async,odata.callback' },
      ],
    });
    const { kinds, broken } = await judged(har([asked, canceled(20), callback, later]));
    expect({ kinds, broken }).toEqual({ kinds: ['submission cancellation callback'], broken: [] });
  });

  it('where one file has two tenants, each with a token of its own', async () => {
    const other = JSON.stringify(rightLife)
      .replaceAll('contoso', 'fabrikam')
      .replaceAll('secretsecret', 'anothersecret')
      .replaceAll(id, id.replace('0f', '1f'));
    const { kinds, broken } = await judged(har([...rightLife, ...(JSON.parse(other) as unknown[])]));
    expect({ kinds, broken }).toEqual({ kinds: [whole, whole], broken: [] });
  });
});
