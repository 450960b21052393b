import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checksOf } from './checks.ts';
import { gather } from './gather.ts';
import { judgeClients } from './judge-clients.ts';
import { judgeTarget } from './judge-target.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'traffic-'));
});
afterEach(() => rm(folder, { recursive: true }));

const origin = 'https://contoso.crm.dynamics.com';
const id = '0f0e0d0c-0b0a-4909-8807-060504030201';
const monitor = `${origin}/api/backgroundoperation/${id}`;

interface Line {
  readonly minute: number;
  readonly method?: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly status?: number;
  readonly answerHeaders?: Readonly<Record<string, string>>;
  readonly answerBody?: string;
}

const bearer = { Authorization: 'Bearer eyJsecretsecretsecret' };
const codes = (state: number, status: number) =>
  `{"backgroundOperationStateCode":${state},"backgroundOperationStatusCode":${status}}`;
const submitted: Line = {
  minute: 0,
  method: 'POST',
  url: `${origin}/api/data/v9.2/my_Api`,
  headers: { ...bearer, Prefer: 'respond-async' },
  status: 202,
  answerHeaders: {
    Location: monitor,
    'x-ms-dyn-backgroundoperationid': id,
    'Preference-Applied': 'respond-async',
  },
};
const json = { 'Content-Type': 'application/json' };
const seen = (minute: number, state: number, status: number): Line => ({
  minute,
  url: monitor,
  headers: bearer,
  status: 200,
  answerHeaders: json,
  answerBody: codes(state, status),
});
const other: Line = { minute: 1, url: 'https://cdn.example/app.js', status: 200, answerBody: 'x' };

function jsonLines(lines: readonly Line[]): string {
  return lines
    .map(({ minute, method = 'GET', ...line }) =>
      JSON.stringify({ at: new Date(minute * 60_000).toISOString(), durationMs: 10, method, ...line }),
    )
    .join('\n');
}

function har(lines: readonly Line[]): string {
  const fields = (headers: Line['headers'] = {}) =>
    Object.entries(headers).map(([name, value]) => ({ name, value }));
  const entries = lines.map((line) => ({
    startedDateTime: new Date(line.minute * 60_000).toISOString(),
    time: 10,
    request: {
      method: line.method ?? 'GET',
      url: line.url,
      headers: fields(line.headers),
      postData: { text: line.body },
    },
    response: {
      status: line.status ?? 0,
      headers: fields(line.answerHeaders),
      content: { text: Buffer.from(line.answerBody ?? '').toString('base64'), encoding: 'base64' },
    },
  }));
  return JSON.stringify({ log: { version: '1.2', entries } });
}

async function file(name: string, text: string | Uint8Array): Promise<string> {
  const whole = path.join(folder, name);
  await writeFile(whole, text);
  return whole;
}

const story = [submitted, other, seen(1, 2, 20), seen(2, 3, 30)];

describe('gather', () => {
  it.each([
    ['a HAR file', async () => file('a.har', har(story))],
    ['JSON lines', async () => file('a.jsonl', jsonLines(story))],
    ['packed JSON lines', async () => file('a.jsonl.gz', gzipSync(jsonLines(story)))],
    [
      'a journal',
      async () => file('a.json', `{"count":4,"requests":[${jsonLines(story).replaceAll('\n', ',')}]}`),
    ],
  ])('finds the operations in %s among whatever else is there', async (_name, make) => {
    const { traffic, cut } = await gather([await make()]);
    expect(cut).toBeUndefined();
    expect(traffic.exchanges).toBe(4);
    expect(
      traffic.operations.map(({ id: each, happenings }) => [each, happenings.map(({ kind }) => kind)]),
    ).toEqual([[id, ['submission', 'read', 'read']]]);
    const broken = [...judgeClients(traffic), ...judgeTarget(traffic)].filter(
      ({ outcome }) => outcome === 'broken',
    );
    expect(broken).toEqual([]);
  });

  it.each([
    ['a HAR file', (text: string) => text, har],
    ['JSON lines', (text: string) => text, jsonLines],
  ])('reads %s that is cut as far as it goes, and says so', async (_name, _same, write) => {
    const text = write(story);
    const { traffic, cut } = await gather([await file('cut.har', text.slice(0, -120))]);
    expect(traffic.exchanges).toBe(3);
    expect(cut).toMatch(/cut\.har is cut or damaged after 3 exchanges/);
  });

  it.each([
    ['', /is empty/],
    ['<html>', /is no JSON\. Wanted a HAR file/],
  ])('refuses %j and says what was wanted', async (text, message) => {
    await expect(gather([await file('a.har', text)])).rejects.toThrow(message);
  });

  it('names the file that cannot be read', async () => {
    await expect(gather([path.join(folder, 'none.har')])).rejects.toThrow(
      /none\.har cannot be read: there is no such file or folder/,
    );
    await expect(gather([folder])).rejects.toThrow(/traffic-\w+ cannot be read: /);
  });

  it('keeps no secret, and still tells credentials apart', async () => {
    const elsewhere = { ...other, headers: bearer };
    const { traffic } = await gather([await file('a.har', har([...story, elsewhere]))]);
    expect(JSON.stringify([traffic.happenings, traffic.credentials])).not.toContain('eyJsecret');
    const stays = judgeClients(traffic).find(({ clause }) => clause === 'client-access.token-stays');
    expect(stays?.outcome).toBe('broken');
  });
});

describe('judgeTarget', () => {
  const judged = async (lines: readonly Line[]) => {
    const { traffic } = await gather([await file('a.jsonl', jsonLines(lines))]);
    return judgeTarget(traffic)
      .filter(({ outcome }) => outcome === 'broken')
      .map(({ clause }) => clause);
  };

  it('finds a state that goes back', async () => {
    expect(await judged([...story, seen(3, 2, 20)])).toEqual([
      'state.terminal-is-final',
      'state.legal-history',
    ]);
  });

  it('finds a life that no run of the lifecycle explains', async () => {
    const canceled: Line = { ...seen(0.5, 2, 22), method: 'DELETE' };
    expect(await judged([submitted, canceled, seen(1, 2, 20), seen(2, 3, 30)])).toEqual([
      'state.legal-history',
    ]);
  });

  it.each<[string, Line]>([
    [
      'submit.location',
      {
        ...submitted,
        answerHeaders: {
          ...submitted.answerHeaders,
          Location: `${origin}/api/data/v9.2/backgroundoperations(${id})`,
        },
      },
    ],
    [
      'submit.preference-applied',
      { ...submitted, answerHeaders: { ...submitted.answerHeaders, 'Preference-Applied': '' } },
    ],
    [
      'submit.id-header',
      { ...submitted, answerHeaders: { Location: monitor, 'Preference-Applied': 'respond-async' } },
    ],
    ['state.known-pairs', { ...seen(1, 2, 21), minute: 1 }],
    ['monitor.json', { ...seen(2, 3, 30), answerHeaders: { 'Content-Type': 'text/html' } }],
    ['monitor.error-on-failure', seen(1, 3, 31)],
    [
      'callback.only-on-request',
      {
        minute: 2,
        method: 'POST',
        url: 'https://client.example/',
        status: 204,
        body: `{"location":"${monitor}","backgroundOperationId":"${id}",${codes(3, 30).slice(1)}`,
      },
    ],
  ])('finds a breach of %s', async (clause, line) => {
    const lines = line.method === 'POST' && line.minute === 0 ? [line] : [submitted, line];
    expect(await judged(lines)).toEqual([clause]);
  });
});

describe('checksOf', () => {
  it('draws of a long life its beginning and what is near the breach', async () => {
    const polls = Array.from({ length: 90 }, (_, index) => seen(index + 1, 2, 20));
    const { traffic } = await gather([
      await file('a.jsonl', jsonLines([submitted, ...polls, seen(90.1, 3, 30)])),
    ]);
    const interval = checksOf(judgeClients(traffic), traffic.operations, new Date(0).toISOString()).find(
      ({ clause }) => clause === 'client-poll.interval',
    );
    const [history] = interval?.evidence ?? [];
    const items = history?.kind === 'history' ? history.items : [];
    expect([items.length, items[0]?.label, items[1]?.from, items.at(-1)?.contradiction]).toEqual([
      40,
      'submitted my_Api: 202',
      53 * 60_000,
      true,
    ]);
  });

  it('says of a clause what the record does not show, and shows the exchanges of a breach', async () => {
    const { traffic } = await gather([
      await file('a.jsonl', jsonLines([submitted, seen(0.1, 2, 20), seen(0.2, 3, 30)])),
    ]);
    const checks = checksOf(judgeClients(traffic), traffic.operations, new Date(0).toISOString());
    const interval = checks.find(({ clause }) => clause === 'client-poll.interval');
    expect(interval?.reason).toBe('expected a minute between two polls, got 6 s');
    const [history, ...exchanges] = interval?.evidence ?? [];
    expect(exchanges.map(({ kind }) => kind)).toEqual(['exchange', 'exchange']);
    expect(history).toMatchObject({
      kind: 'history',
      operationId: id,
      reason: 'expected a minute between two polls, got 6 s',
      items: [
        { lane: 'requests', label: 'submitted my_Api: 202', from: 0 },
        { lane: 'state', label: 'monitor read: 200 (2,20) In Progress', from: 6_000, contradiction: true },
        { lane: 'state', label: 'monitor read: 200 (3,30) Succeeded', from: 12_000, contradiction: true },
      ],
    });
    const pages = checks.find(({ clause }) => clause === 'client-poll.next-link');
    expect(pages).toMatchObject({
      outcome: 'not-tested',
      reason: 'the record shows no page with `@odata.nextLink` that is followed',
    });
  });
});
