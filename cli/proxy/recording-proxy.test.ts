import { request, type IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { closeAll, proxyTo, targetWith } from './fixtures/servers.ts';

afterEach(closeAll);

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function ask(
  url: string,
  headers: Record<string, string | string[]>,
  body = '',
): Promise<{ answer: IncomingMessage; bytes: Buffer }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers }, (answer) => {
      bytesOf(answer).then((bytes) => {
        resolve({ answer, bytes });
      }, reject);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

describe('startProxy', () => {
  it('changes no byte of what passes, and records it in plain text', async () => {
    const packed = gzipSync('{"answer":"ü"}');
    let got = { url: '', prefer: '', body: '' };
    const target = await targetWith((incoming, response) => {
      void bytesOf(incoming).then((bytes) => {
        got = { url: incoming.url ?? '', prefer: String(incoming.headers.prefer), body: bytes.toString() };
        response.writeHead(202, {
          'X-Odd-CASE': 'Kept',
          Location: `${target}/api/x`,
          'Content-Encoding': 'gzip',
        });
        response.end(packed);
      });
    });
    const { url, recorded, once } = await proxyTo(target);
    const path = '/api/data/v9.2/my_Api?a=%2f%20b';
    const prefer = 'respond-async,odata.callback;url="http://a/?s=1,2;3"';
    const { answer, bytes } = await ask(
      `${url}${path}`,
      { Prefer: prefer, 'Content-Type': 'application/json' },
      '{"a":"ü"}',
    );
    await once();
    expect(got).toEqual({ url: path, prefer, body: '{"a":"ü"}' });
    expect(bytes.equals(packed)).toBe(true);
    expect(answer.rawHeaders).toEqual(expect.arrayContaining(['X-Odd-CASE', 'Kept', `${target}/api/x`]));
    expect(recorded).toMatchObject([
      {
        method: 'POST',
        url: `${target}${path}`,
        body: '{"a":"ü"}',
        status: 202,
        answerBody: '{"answer":"ü"}',
      },
    ]);
  });

  it('changes Location to its own address where it is told to', async () => {
    const target = await targetWith((_incoming, response) => {
      response.writeHead(202, { Location: `${target}/api/backgroundoperation/1` }).end();
    });
    const { url } = await proxyTo(target, { rewriteLocation: true });
    const { answer } = await ask(`${url}/api/data/v9.2/my_Api`, {});
    expect(answer.headers.location).toBe(`${url}/api/backgroundoperation/1`);
  });

  it('keeps the names of fields, and those apart that come twice', async () => {
    let sent: readonly string[] = [];
    const target = await targetWith((incoming, response) => {
      sent = incoming.rawHeaders;
      response.writeHead(200, [
        ['REQ_ID', '1'],
        ['x-ms-service-request-id', 'a'],
        ['x-ms-service-request-id', 'b'],
      ]);
      response.end();
    });
    const { url } = await proxyTo(target);
    const headers = { 'X-Ms-Odd': '1', Prefer: ['respond-async', 'odata.callback;url="http://a/"'] };
    const { answer } = await ask(`${url}/`, headers);
    const lines = (raw: readonly string[]) => raw.map((one, at) => `${one}: ${raw[at + 1] ?? ''}`);
    expect(lines(sent)).toEqual(
      expect.arrayContaining([
        'X-Ms-Odd: 1',
        'Prefer: respond-async',
        'Prefer: odata.callback;url="http://a/"',
      ]),
    );
    expect(lines(answer.rawHeaders)).toEqual(
      expect.arrayContaining(['REQ_ID: 1', 'x-ms-service-request-id: a', 'x-ms-service-request-id: b']),
    );
  });

  it.each([
    ['before its answer', '', 0],
    ['in the middle of its answer', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc', 200],
  ])(
    'cuts the connection where the target does %s, and records how far it came',
    async (_when, text, status) => {
      const target = await targetWith(({ socket }) => {
        socket.write(text, () => {
          setImmediate(() => socket.destroy());
        });
      });
      const { url, recorded, once } = await proxyTo(target);
      await expect(ask(`${url}/api/x`, {})).rejects.toThrow(/socket hang up|aborted/);
      await once();
      expect(recorded.map((raw) => [raw.status, raw.answerBody])).toEqual([
        [status, text === '' ? '' : 'abc'],
      ]);
    },
  );

  it('records a request that the client gives up', async () => {
    const target = await targetWith(({ socket }) => {
      giveUp();
      socket.once('close', () => undefined);
    });
    const { url, recorded, once } = await proxyTo(target);
    const sent = request(`${url}/api/x`);
    const giveUp = () => sent.destroy();
    sent.on('error', () => undefined).end();
    await once();
    expect(recorded).toMatchObject([{ url: `${target}/api/x`, status: undefined }]);
  });

  it('answers 502 where there is no target, and records that no answer came', async () => {
    const { url, recorded, once } = await proxyTo('http://127.0.0.1:1');
    const { answer, bytes } = await ask(`${url}/api/x`, {});
    await once();
    expect(answer.statusCode).toBe(502);
    expect(bytes.toString()).toMatch(/^bgop proxy could not reach the target: the connection was refused/);
    expect(recorded).toMatchObject([{ status: undefined }]);
  });
});
