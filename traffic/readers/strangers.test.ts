import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gather } from '../gather.ts';
import { judgeClients } from '../judge-clients.ts';
import { judgeTarget } from '../judge-target.ts';

// What tools of strangers write that the usual ones do not: packed bodies, ports, web sockets, copies of organizations.

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'strangers-'));
});
afterEach(() => rm(folder, { recursive: true }));

const contoso = 'https://contoso.crm.dynamics.com';
const id = '0f0e0d0c-0b0a-4909-8807-060504030201';
const codes = (state: number, status: number) =>
  `{"backgroundOperationStateCode":${state},"backgroundOperationStatusCode":${status}}`;

interface Entry {
  readonly second: number;
  readonly url: string;
  readonly method?: string;
  readonly token?: string;
  readonly status?: number;
  readonly answer?: readonly (readonly [string, string])[];
  readonly content?: object;
  readonly time?: number;
}

function entryOf({ second, url, method = 'GET', token = 'eyJtokentoken', ...rest }: Entry): object {
  const { status = 200, answer = [['Content-Type', 'application/json']], content = {}, time = 12 } = rest;
  const named = answer.map(([name, value]) => ({ name, value }));
  const prefer = method === 'POST' ? [{ name: 'Prefer', value: 'respond-async' }] : [];
  return {
    startedDateTime: new Date(Date.UTC(2026, 2, 1, 9) + second * 1_000).toISOString(),
    time,
    request: { method, url, headers: [{ name: 'Authorization', value: `Bearer ${token}` }, ...prefer] },
    response: { status, headers: named, content },
  };
}

const submittedTo = (origin: string, second = 0, token = 'eyJtokentoken'): Entry => ({
  second,
  token,
  method: 'POST',
  url: `${origin}/api/data/v9.2/my_Api`,
  status: 202,
  answer: [
    ['Location', `${origin}/api/backgroundoperation/${id}`],
    ['x-ms-dyn-backgroundoperationid', id],
    ['Preference-Applied', 'respond-async'],
  ],
});
const readOf = (origin: string, second: number, more: Partial<Entry> = {}): Entry => ({
  second,
  url: `${origin}/api/backgroundoperation/${id}`,
  content: { text: codes(3, 30) },
  ...more,
});

async function judged(...archives: (readonly Entry[])[]) {
  const files = archives.map((_entries, index) => path.join(folder, `${index}.har`));
  for (const [index, entries] of archives.entries())
    await writeFile(
      files[index] ?? '',
      JSON.stringify({ log: { version: '1.2', entries: entries.map(entryOf) } }),
    );
  const { traffic } = await gather(files);
  const outcomes = [...judgeClients(traffic), ...judgeTarget(traffic)];
  return {
    broken: outcomes.filter(({ outcome }) => outcome === 'broken').map(({ clause }) => clause),
    decided: (clause: string) => outcomes.find((one) => one.clause === clause)?.decided,
    outcomeOf: (clause: string) => outcomes.find((one) => one.clause === clause)?.outcome,
  };
}

describe('a body that a tool kept as it went over the wire', () => {
  const early = `{"AnnotationId":"x",${codes(2, 20).slice(1)}`;
  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
  ])('is unpacked: %s', async (coding, pack) => {
    const read = readOf(contoso, 60, {
      answer: [
        ['content-type', 'application/json'],
        ['content-encoding', coding],
      ],
      content: { encoding: 'base64', text: pack(Buffer.from(early)).toString('base64') },
    });
    expect((await judged([submittedTo(contoso), read])).broken).toEqual(['monitor.outputs-only-on-success']);
  });

  it('is taken as it is where the tool had unpacked it, whatever the field says', async () => {
    const read = readOf(contoso, 60, {
      answer: [
        ['content-type', 'application/json'],
        ['content-encoding', 'gzip'],
      ],
      content: { encoding: 'base64', text: Buffer.from(early).toString('base64') },
    });
    expect((await judged([submittedTo(contoso), read])).broken).toEqual(['monitor.outputs-only-on-success']);
  });

  it('is held against nobody where it cannot be unpacked', async () => {
    const read = readOf(contoso, 60, {
      answer: [
        ['content-type', 'application/json'],
        ['content-encoding', 'gzip'],
      ],
      content: { encoding: 'base64', text: gzipSync('{}').subarray(0, 12).toString('base64') },
    });
    const { broken, outcomeOf } = await judged([submittedTo(contoso), read]);
    expect([broken, outcomeOf('monitor.codes')]).toEqual([[], 'unseen']);
  });
});

describe('an organization', () => {
  it('has ids of its own: a copy of another one may have the same', async () => {
    const copy = 'https://fabrikam.crm4.dynamics.com';
    const token = 'eyJothertoken';
    const both = [
      ...[submittedTo(contoso), readOf(contoso, 60)],
      ...[submittedTo(copy, 5, token), readOf(copy, 65, { token })],
    ];
    expect((await judged(both)).broken).toEqual([]);
    const twice = await judged([submittedTo(contoso), readOf(contoso, 60), submittedTo(contoso, 90)]);
    expect(twice.broken).toContain('submit.id-unique');
  });

  it.each([
    ['a web socket', 'wss://contoso.crm.dynamics.com/signalr'],
    ['its port, though it goes without saying', 'https://contoso.crm.dynamics.com:443/api/data/v9.2/WhoAmI'],
    ['capital letters', 'HTTPS://Contoso.CRM.dynamics.com/api/data/v9.2/WhoAmI'],
  ])('is the same one by %s', async (_what, url) => {
    const rest = [submittedTo(contoso), readOf(contoso, 60)];
    expect((await judged([...rest, { second: 61, url }])).broken).toEqual([]);
  });

  it.each([
    ['another scheme of web sockets', 'wss://telemetry.example/track'],
    ['another port', 'https://contoso.crm.dynamics.com:8443/track'],
  ])('is not %s', async (_what, url) => {
    const rest = [submittedTo(contoso), readOf(contoso, 60)];
    expect((await judged([...rest, { second: 61, url }])).broken).toEqual(['client-access.token-stays']);
  });
});

describe('an exchange that was recorded at both ends of a gateway', () => {
  const gateway = 'http://10.0.0.5:8080';
  const other = (origin: string, second: number): Entry => ({
    second,
    url: `${origin}/api/data/v9.2/accounts`,
  });
  /** As the client and as the server have it: the gateway asks while the client waits. */
  const ends = (at: string): Entry[] =>
    [
      submittedTo(contoso),
      other(contoso, 5),
      readOf(contoso, 60, { content: { text: codes(2, 20) } }),
      readOf(contoso, 121),
    ].map((one) => ({
      ...one,
      url: one.url.replace(contoso, at),
      second: one.second + (at === contoso ? 0 : 0.004),
      time: at === contoso ? 40 : 20,
    }));

  it('counts once in two files, and the token that goes on is not sent away', async () => {
    const { broken, decided } = await judged(ends(contoso), ends(gateway));
    expect([broken, decided('client-poll.interval')]).toEqual([[], 1]);
  });

  it('counts once in one file, too', async () => {
    const both = [...ends(contoso), ...ends(gateway)].sort((one, next) => one.second - next.second);
    const { broken, decided } = await judged(both);
    expect([broken, decided('client-poll.interval')]).toEqual([[], 1]);
  });

  it('counts twice where the second began after the first had ended', async () => {
    const later = ends(gateway).map((one) => ({ ...one, second: one.second + 1 }));
    expect((await judged([...ends(contoso), ...later])).decided('client-poll.interval')).toBe(3);
  });
});

describe('lines of strangers', () => {
  it.each([
    ['times as milliseconds since 1970', (at: number) => at],
    ['times as seconds since 1970', (at: number) => at / 1_000],
  ])('are read with %s, and with bodies that are JSON themselves', async (_what, timeOf) => {
    const file = path.join(folder, 'a.jsonl');
    const lines = [0, 60].map((second) => ({
      at: timeOf(Date.UTC(2026, 2, 1, 9, 0, second)),
      method: 'GET',
      url: `${contoso}/api/backgroundoperation/${id}`,
      status: 200,
      answerBody: JSON.parse(codes(second === 0 ? 2 : 3, second === 0 ? 20 : 30)) as unknown,
    }));
    await writeFile(file, lines.map((one) => JSON.stringify(one)).join('\n'));
    const { traffic } = await gather([file]);
    const shown = traffic.operations.flatMap(({ happenings }) =>
      happenings.map((one) => [one.exchange.from, one.kind === 'read' && one.shown?.state]),
    );
    expect(shown).toEqual([
      [Date.UTC(2026, 2, 1, 9, 0, 0), 2],
      [Date.UTC(2026, 2, 1, 9, 1, 0), 3],
    ]);
  });

  it.each([
    [0, ['client-notify.answers']],
    [null, []],
    ['', []],
    [-1, []],
  ])('with the status %j accuse the receiver of a callback of hanging up, or not', async (status, broken) => {
    const file = path.join(folder, 'a.jsonl');
    const callback = 'https://relay.example/t';
    const [, payload = ''] = codes(3, 30).split('{');
    const submission = {
      at: '2026-03-01T09:00:00Z',
      method: 'POST',
      url: `${contoso}/api/data/v9.2/my_Api`,
      headers: { Prefer: `respond-async, odata.callback; url="${callback}"` },
      status: 202,
      answerHeaders: { 'x-ms-dyn-backgroundoperationid': id },
    };
    const told = {
      at: '2026-03-01T09:00:09Z',
      method: 'POST',
      url: callback,
      body: `{"backgroundOperationId":"${id}",${payload}`,
      status,
    };
    await writeFile(file, [submission, told].map((one) => JSON.stringify(one)).join('\n'));
    const { traffic } = await gather([file]);
    const found = judgeClients(traffic).filter(
      ({ outcome, clause }) => outcome === 'broken' && /notify/.test(clause),
    );
    expect(found.map(({ clause }) => clause)).toEqual(broken);
  });
});
