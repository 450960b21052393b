import { once as onceOf } from 'node:events';
import { request, type Server } from 'node:http';
import { createSecureServer } from 'node:http2';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { selfSigned } from '../../simulator/http/self-signed.ts';
import { closeAll, listening, proxyTo, rawClient, rawTarget, targetWith } from './fixtures/servers.ts';

afterEach(closeAll);

const host = 'Host: contoso.example';

describe('what passes a proxy', () => {
  it('lets the target say whether a body shall come', async () => {
    const expected: unknown[] = [];
    const target = await targetWith(
      (incoming, response) => {
        incoming.on('data', () => undefined).on('end', () => response.end('late'));
      },
      (server) =>
        server.on('checkContinue', (incoming, response) => {
          expected.push(incoming.headers.expect);
          if (incoming.url === '/refused') response.writeHead(413, { 'Content-Length': 0 }).end();
          else {
            response.writeContinue();
            server.emit('request', incoming, response);
          }
        }),
    );
    const { url, recorded, once } = await proxyTo(target);
    const taken = rawClient(url);
    taken.send(['POST /taken HTTP/1.1', host, 'Expect: 100-continue', 'Content-Length: 4']);
    expect(await taken.gets(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\n$/);
    taken.write('body');
    await taken.gets(/late/);
    await once();
    const refused = rawClient(url);
    refused.send(['POST /refused HTTP/1.1', host, 'Expect: 100-continue', 'Content-Length: 4']);
    expect(await refused.gets(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 413 /);
    expect(expected).toEqual(['100-continue', '100-continue']);
    expect(recorded[0]).toMatchObject({ body: 'body', status: 200, answerBody: 'late' });
  });

  it.each([
    ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 7\r\nETag: "1"\r\n\r\n'],
    ['DELETE', 'HTTP/1.1 204 No Content\r\nREQ_ID: 1\r\n\r\n'],
    ['GET', 'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'],
    ['GET', 'HTTP/1.1 299 What Is This\r\nContent-Length: 2\r\nX-Umlaut: \xe4\r\n\r\nok'],
  ])('passes on the answer to %s byte for byte: %j', async (method, answer) => {
    const target = await rawTarget((socket) => socket.once('data', () => socket.write(answer, 'latin1')));
    const { url, once } = await proxyTo(target);
    const client = rawClient(url);
    client.send([`${method} /api/x HTTP/1.1`, host]);
    await once();
    // Whether a connection stays open is agreed by each two.
    expect((await client.gets(/\r\n\r\n/)).replace(/(?:Connection|Keep-Alive): .*\r\n/g, '')).toBe(answer);
  });

  it('passes on pieces when they come, and fields behind the body', async () => {
    const got: string[] = [];
    const pieces = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const target = await targetWith((incoming, response) => {
      response.writeHead(200, { Trailer: 'X-Sum' });
      incoming.once('data', (chunk: Buffer) => {
        got.push(chunk.toString());
        response.write('first');
        void pieces[0]?.promise.then(() => {
          response.write('second');
        });
        void pieces[1]?.promise.then(() => {
          response.addTrailers({ 'X-Sum': '7' });
          response.end();
        });
      });
    });
    const { url } = await proxyTo(target);
    const client = rawClient(url);
    client.send(['POST /api/x HTTP/1.1', host, 'Transfer-Encoding: chunked'], '5\r\npiece\r\n');
    await client.gets(/first/);
    pieces[0]?.resolve();
    await client.gets(/second/);
    client.write('0\r\n\r\n');
    pieces[1]?.resolve();
    expect(await client.gets(/X-Sum: 7\r\n\r\n$/)).toMatch(/Transfer-Encoding: chunked/);
    expect(got).toEqual(['piece']);
  });

  it('passes on the head of an answer whose body takes its time', async () => {
    const target = await targetWith((_incoming, response) => {
      response.writeHead(200, { 'Content-Length': 4 }).flushHeaders();
    });
    const { url } = await proxyTo(target);
    const client = rawClient(url);
    client.send(['GET /api/x HTTP/1.1', host]);
    expect(await client.gets(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('answers HTTP/1.0 without chunks', async () => {
    const target = await targetWith((_incoming, response) => {
      response.write('one ');
      response.end('two');
    });
    const { url } = await proxyTo(target);
    const client = rawClient(url);
    client.send(['GET /api/x HTTP/1.0', host]);
    await client.closed;
    expect(client.text()).toMatch(/\r\n\r\none two$/);
  });

  it('goes no faster than the client reads', async () => {
    const whole = 32 * 1024 * 1024;
    const piece = Buffer.alloc(64 * 1024, 'x');
    let written = 0;
    const target = await targetWith((_incoming, response) => {
      const more = (): void => {
        while (written < whole) {
          written += piece.length;
          if (!response.write(piece)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    });
    const { url, recorded, once } = await proxyTo(target);
    const sent = request(`${url}/api/x`).end();
    const [answer] = (await onceOf(sent, 'response')) as [NodeJS.ReadableStream & { pause: () => void }];
    answer.pause();
    // It has stopped when nothing has moved for long.
    for (let still = 0, before = -1; still < 2_000; still = written === before ? still + 1 : 0) {
      before = written;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(written).toBeLessThan(whole / 2);
    let bytes = 0;
    for await (const chunk of answer) bytes += chunk.length;
    await once();
    expect([bytes, recorded[0]?.answerBody?.length]).toEqual([whole, 1_000_000]);
  });

  it('answers 502 to a large request where there is no target', async () => {
    const { url } = await proxyTo('http://127.0.0.1:1');
    const answer = await fetch(`${url}/api/x`, { method: 'POST', body: 'x'.repeat(300_000) });
    expect([answer.status, await answer.text()]).toEqual([502, expect.stringContaining('refused')]);
  });

  it('gives up the request to the target when the client has gone', async () => {
    const cut = Promise.withResolvers<void>();
    const target = await targetWith((incoming) => {
      incoming.socket.once('close', () => {
        cut.resolve();
      });
      client.destroy();
    });
    const { url } = await proxyTo(target);
    const client = rawClient(url);
    client.send(['GET /api/x HTTP/1.1', host]);
    await cut.promise;
  });

  it('survives clients that go in the middle of an answer, and lets go of the target', async () => {
    const piece = Buffer.alloc(64 * 1024, 'x');
    let open = 0;
    const target = await targetWith((_incoming, response) => {
      open += 1;
      response.once('close', () => (open -= 1));
      const more = (): void => {
        if (!response.destroyed && response.write(piece)) setImmediate(more);
        else if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    const { url, recorded } = await proxyTo(target);
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        const client = rawClient(url);
        client.send(['GET /api/x HTTP/1.1', host]);
        await client.gets(/xxx/);
        client.destroy();
        await client.closed;
      }),
    );
    while (open > 0 || recorded.length < 20) await new Promise((resolve) => setImmediate(resolve));
    expect(recorded.every(({ status }) => status === 200)).toBe(true);
  });

  it.each([
    ['a request that undici does not take', ['OPTIONS * HTTP/1.1', host]],
    ['a request with a field twice that should come once', ['GET /api/x HTTP/1.1', host, host]],
  ])('passes on %s', async (_what, lines) => {
    const target = await targetWith((incoming, response) =>
      response.end(`got ${incoming.method} ${incoming.url}`),
    );
    const { url } = await proxyTo(target);
    const client = rawClient(url);
    client.send(lines);
    expect(await client.gets(/got|\r\n\r\n$/)).toMatch(/got (?:OPTIONS \*|GET \/api\/x)$|HTTP\/1\.1 400/);
  });

  it('gets on with a target that says "100 Continue" unasked, after the first time', async () => {
    const answer = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n';
    const target = await rawTarget((socket) => socket.on('data', () => socket.write(answer)));
    const { url } = await proxyTo(target);
    const first = rawClient(url);
    first.send(['POST /api/x HTTP/1.1', host, 'Content-Length: 2'], '{}');
    await first.closed;
    const second = rawClient(url);
    second.send(['POST /api/x HTTP/1.1', host, 'Content-Length: 2'], '{}');
    expect(await second.gets(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 204 /);
  });

  it('lets requests wait while there is no room to record them', async () => {
    let asked = 0;
    const target = await targetWith((_incoming, response) => {
      asked += 1;
      response.end('ok');
    });
    const room = Promise.withResolvers<void>();
    let full = true;
    const waits = Promise.withResolvers<void>();
    const { url } = await proxyTo(target, {}, () => {
      waits.resolve();
      return full ? room.promise : undefined;
    });
    const answer = fetch(`${url}/api/x`, { method: 'POST', body: 'late' });
    await waits.promise;
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toBe(0);
    full = false;
    room.resolve();
    expect([await (await answer).text(), asked]).toEqual(['ok', 1]);
  });

  it('keeps bytes beyond ASCII in the head, also where the body takes its time', async () => {
    const late = Promise.withResolvers<void>();
    const target = await rawTarget((socket) =>
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 R\xe9\r\nX-Umlaut: \xc3\xa4\r\nContent-Length: 4\r\n\r\n', 'latin1');
        void late.promise.then(() => socket.write('late'));
      }),
    );
    const { url } = await proxyTo(target);
    const client = rawClient(url);
    client.send(['GET /api/x HTTP/1.1', host]);
    expect(await client.gets(/\r\n\r\n/)).toContain('X-Umlaut: \xc3\xa4\r\n');
    late.resolve();
    await client.gets(/late$/);
  });

  it('takes heads as long as the simulator does', async () => {
    const target = await rawTarget((socket) => {
      let got = '';
      socket.on('data', (chunk) => {
        got += chunk.toString('latin1');
        if (!got.endsWith('\r\n\r\n')) return;
        const length = got.split(' ')[1]?.length;
        socket.write(
          `HTTP/1.1 200 OK\r\nX-Long: ${'y'.repeat(20_000)}\r\nContent-Length: 5\r\n\r\n${length}`,
        );
      });
    });
    const { url } = await proxyTo(target);
    const client = rawClient(url);
    client.send([`GET /api/x?q=${'a'.repeat(32_000)} HTTP/1.1`, host]);
    expect(await client.gets(/32009$/)).toMatch(/^HTTP\/1\.1 200 OK\r\nX-Long: y{20000}\r\n/);
  });

  it('tells of what is on its way when the proxy ends, as far as it came', async () => {
    const target = await targetWith((_incoming, response) => {
      response.writeHead(200, { 'Content-Length': 9 }).write('abc');
    });
    const { url, recorded, close } = await proxyTo(target);
    const clients = [rawClient(url), rawClient(url)];
    for (const client of clients) client.send(['GET /api/x HTTP/1.1', host]);
    for (const client of clients) await client.gets(/abc$/);
    await close();
    expect(recorded.map(({ answerBody }) => answerBody)).toEqual(['abc', 'abc']);
  });

  it('speaks HTTP/1 with an https target that offers HTTP/2, by the target’s name', async () => {
    const { key, cert } = await selfSigned(['localhost']);
    const trusted = getCACertificates('default');
    setDefaultCACertificates([...trusted, cert]);
    try {
      const server = createSecureServer({ key, cert, allowHTTP1: true }, (incoming, response) => {
        response.writeHead(202, { Location: '/monitor', 'X-Version': incoming.httpVersion }).end();
      });
      const port = new URL(await listening(server as unknown as Server)).port;
      const { url } = await proxyTo(`https://localhost:${port}`);
      const client = rawClient(url);
      client.send(['POST /api/x HTTP/1.1', 'Host: proxyname:8081', 'Content-Length: 2'], '{}');
      const answer = await client.gets(/\r\n\r\n/);
      expect(answer).toMatch(/^HTTP\/1\.1 202 /);
      expect(answer).toContain('Location: /monitor\r\nX-Version: 1.1\r\n');
    } finally {
      setDefaultCACertificates(trusted);
    }
  });
});
