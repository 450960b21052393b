// Hostile callers of the simulator, below HTTP or at its edge.
import { converse, expectStatus, head, say, statusOf, withBody } from './raw.mjs';

const echo = '/api/data/v9.2/sample_Echo';

export default [
  {
    name: 'slowloris: 200 heads that are never ended',
    deadlineMs: 40_000,
    async run(context) {
      const { port } = await context.simulator();
      const held = Array.from({ length: 200 }, () =>
        converse(
          port,
          (socket) => {
            socket.write('GET /simulator/clock HTTP/1.1\r\nHost: 127.0.0.1\r\n');
            const timer = setInterval(() => socket.write('X: y\r\n'), 500);
            socket.on('close', () => clearInterval(timer));
          },
          35_000,
        ),
      );
      await context.check();
      const open = (await Promise.all(held)).filter(({ closed }) => !closed).length;
      if (open > 0) throw new Error(`${open} connections were still open after 35 s`);
      return 'all cut';
    },
  },
  {
    name: '413: a client that goes on pumping is cut',
    deadlineMs: 20_000,
    async run(context) {
      const { port } = await context.simulator();
      let pumped = 0;
      const { text, closed } = await converse(
        port,
        (socket) => {
          socket.write(head('POST', echo, 'Content-Type: application/json', 'Content-Length: 9999999999'));
          const chunk = Buffer.alloc(1 << 16, 'x');
          const pump = () => {
            while (!socket.destroyed && pumped < 2 ** 31) {
              pumped += chunk.length;
              if (!socket.write(chunk)) {
                socket.once('drain', pump);
                return;
              }
            }
          };
          pump();
        },
        15_000,
      );
      expectStatus(text, 413);
      if (!closed) throw new Error('the connection was left open');
      if (pumped > 64 * 2 ** 20) throw new Error(`${pumped >> 20} MB were taken`);
      return `cut after ${pumped >> 20} MB`;
    },
  },
  {
    name: 'a chunked body without end is cut',
    deadlineMs: 30_000,
    async run(context) {
      const { port } = await context.simulator();
      const chunk = `${(1 << 16).toString(16)}\r\n${'x'.repeat(1 << 16)}\r\n`;
      const { text, closed } = await converse(
        port,
        (socket) => {
          socket.write(head('POST', echo, 'Content-Type: application/json', 'Transfer-Encoding: chunked'));
          const pump = () => {
            while (!socket.destroyed && socket.write(chunk));
            if (!socket.destroyed) socket.once('drain', pump);
          };
          pump();
        },
        25_000,
      );
      expectStatus(text, 413);
      if (!closed) throw new Error('the connection was left open');
    },
  },
  {
    name: 'headers of 1 MB',
    deadlineMs: 10_000,
    async run(context) {
      const { port } = await context.simulator();
      expectStatus((await say(port, head('GET', '/simulator/clock', `X: ${'y'.repeat(1 << 20)}`))).text, 431);
    },
  },
  {
    name: 'broken framing: chunks that are none, lengths that contradict, two hosts, a bare CR',
    deadlineMs: 30_000,
    async run(context) {
      const { port } = await context.simulator();
      for (const fields of [
        ['Transfer-Encoding: chunked\r\n\r\nZZ\r\nxx\r\n0'],
        ['Transfer-Encoding: chunked', 'Content-Length: 4'],
        ['Content-Length: 4', 'Content-Length: 5'],
        ['Content-Length: -1'],
        ['Content-Length: 1e3'],
        ['Transfer-Encoding: gzip, chunked, x'],
        ['Host: 127.0.0.1', 'Host: evil.example'],
        ['X: a\rb'],
      ]) {
        const { text } = await say(
          port,
          head('POST', echo, 'Content-Type: application/json', ...fields),
          1500,
        );
        const status = statusOf(text);
        if (status >= 500) throw new Error(`${fields.join(' | ')} answered ${status}`);
      }
    },
  },
  {
    name: 'pipelining: 5,000 requests in one write',
    deadlineMs: 30_000,
    async run(context) {
      const { port } = await context.simulator();
      const last = head('GET', '/simulator/clock', 'Connection: close');
      const { text, closed } = await say(port, head('GET', '/simulator/clock').repeat(5000) + last, 25_000);
      expectStatus(text, 200);
      if (!closed) throw new Error('not all were answered');
    },
  },
  {
    name: 'upgrade, CONNECT and HTTP/2 preface',
    deadlineMs: 20_000,
    async run(context) {
      const { port } = await context.simulator();
      const upgrade = head('GET', '/simulator/clock', 'Connection: Upgrade', 'Upgrade: websocket');
      const { text } = await say(port, upgrade, 1500);
      if (statusOf(text) === 101 || statusOf(text) >= 500) throw new Error(text.slice(0, 80));
      for (const other of [
        'CONNECT evil.example:443 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
        'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      ]) {
        const answered = statusOf((await say(port, other, 1500)).text);
        if (answered >= 500 || answered === 200)
          throw new Error(`${other.slice(0, 10)} answered ${answered}`);
      }
    },
  },
  {
    name: '500 connections that say nothing, and 500 that close at once',
    deadlineMs: 20_000,
    async run(context) {
      const { port } = await context.simulator();
      await Promise.all(
        Array.from({ length: 1000 }, (_, index) =>
          converse(port, (socket) => index % 2 === 0 && socket.destroy(), 3000),
        ),
      );
    },
  },
  {
    name: 'bodies that break off, 300 of them',
    deadlineMs: 20_000,
    async run(context) {
      const { port } = await context.simulator();
      const broken = withBody('POST', echo, '{"StringValue":"half"}').slice(0, -5);
      await Promise.all(
        Array.from({ length: 300 }, () =>
          converse(port, (socket) => socket.write(broken, () => socket.destroy()), 2000),
        ),
      );
    },
  },
];
