import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { startServer, type RunningServer } from '../server.ts';
import { formAnswer, pieces } from './formed-answers.ts';
import { formCall, usualAnswers, usualCalls, type AnswerForm } from './forms.ts';

let server: RunningServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** All that comes on a connection of its own after a request, until the server ends it. */
async function answered(form: Partial<AnswerForm>, fields = '', version = '1.1'): Promise<string> {
  server = await startServer({ choices: { answers: { ...usualAnswers, ...form } } });
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.once('error', reject);
    socket.once('end', () => resolve(Buffer.concat(chunks).toString('latin1')));
    const connection = fields.includes('Connection') ? '' : 'Connection: close\r\n';
    socket.write(
      `GET /simulator/clock HTTP/${version}\r\nHost: ${hostname}:${port}\r\n${connection}${fields}\r\n`,
    );
  });
}

describe('answers over HTTP', () => {
  it('come in the form of HTTP/1.0, and end the connection', async () => {
    const text = await answered({ version: '1.0' }, 'Connection: keep-alive\r\n');
    expect(text).toMatch(/^HTTP\/1\.0 200 OK\r\n/);
    expect(text).toMatch(/\r\nDate: .* GMT\r\n\r\n\{"now":"2026/);
  });

  it('of HTTP/1.0 have no length where the connection tells it', async () => {
    const text = await answered({ version: '1.0', body: 'bytes' });
    expect(text).not.toMatch(/content-length|transfer-encoding/i);
    expect(text).toMatch(/"\}$/);
  });

  it('end a connection that a client wants to keep', async () => {
    expect(await answered({ keepAlive: false }, 'Connection: keep-alive\r\n')).toMatch(
      /\r\nConnection: close\r\n/,
    );
  });

  it('come in chunks of one byte', async () => {
    expect(await answered({ body: 'bytes' })).toContain('\r\n1\r\n{\r\n1\r\n"\r\n1\r\nn\r\n');
  });

  it('come after interim answers, but not to a client of HTTP/1.0', async () => {
    const text = await answered({ interim: [102, 103] });
    expect(text.match(/^HTTP.*/gm)?.map((line) => line.slice(9, 12))).toEqual(['102', '103', '200']);
    await server?.close();
    expect(await answered({ interim: [102, 103] }, '', '1.0')).toMatch(/^HTTP\/1\.1 200/);
  });

  it('have spaces around the values of fields, and a date that is off', async () => {
    const text = await answered({ spaces: true, dateSkewMs: 86_400_000 });
    expect(text).toMatch(/\r\nContent-Type: {2}\tapplication\/json[^\r]* \t \r\n/i);
    const date = Date.parse(/\r\nDate:\s*(.*?)\s*\r\n/i.exec(text)?.[1] ?? '');
    expect(date - Date.now()).toBeGreaterThan(80_000_000);
  });
});

describe('formAnswer', () => {
  it.each([
    ['gzip', gunzipSync],
    ['deflate', inflateSync],
    ['br', brotliDecompressSync],
  ] as const)('codes a body as %s where the client accepts it', (coding, decode) => {
    const form = { ...usualAnswers, coding };
    const { body, fields } = formAnswer(200, [], 'text', `identity, ${coding};q=0.5`, form);
    expect(decode(body ?? '').toString()).toBe('text');
    expect(fields).toContainEqual(['Content-Encoding', coding]);
    for (const accepts of ['identity', `${coding};q=0`, undefined])
      expect(formAnswer(200, [], 'text', accepts, form).body?.toString()).toBe('text');
  });

  it('cuts no body short', () => {
    const body = Buffer.from('é'.repeat(10_000));
    for (const form of ['length', 'chunks', 'bytes', 'expect'] as const)
      expect(Buffer.concat(pieces(body, form)).equals(body), form).toBe(true);
  });
});

describe('formCall', () => {
  it('writes names in any case, and the charset or not', () => {
    const headers = [['Content-Type', 'application/json']] as const;
    expect(formCall(headers, usualCalls)).toBe(headers);
    expect(formCall(headers, { ...usualCalls, headerCasing: 'upper', charset: 'always' })).toEqual([
      ['CONTENT-TYPE', 'application/json; charset=utf-8'],
    ]);
    const named = [['Content-Type', 'application/json; charset=utf-8']] as const;
    expect(formCall(named, { ...usualCalls, headerCasing: 'lower', charset: 'never' })).toEqual([
      ['content-type', 'application/json'],
    ]);
  });
});
