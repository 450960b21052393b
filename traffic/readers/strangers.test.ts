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
}

function entryOf({ second, url, method = 'GET', token = 'eyJtokentoken', ...rest }: Entry): object {
  const { status = 200, answer = [['Content-Type', 'application/json']], content = {} } = rest;
  const named = answer.map(([name, value]) => ({ name, value }));
  const prefer = method === 'POST' ? [{ name: 'Prefer', value: 'respond-async' }] : [];
  return {
    startedDateTime: new Date(Date.UTC(2026, 2, 1, 9, 0, second)).toISOString(),
    time: 12,
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

async function judged(entries: readonly Entry[]) {
  const file = path.join(folder, 'a.har');
  await writeFile(file, JSON.stringify({ log: { version: '1.2', entries: entries.map(entryOf) } }));
  const { traffic } = await gather([file]);
  const outcomes = [...judgeClients(traffic), ...judgeTarget(traffic)];
  return {
    broken: outcomes.filter(({ outcome }) => outcome === 'broken').map(({ clause }) => clause),
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
