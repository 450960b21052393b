// Sockets that say what no client says.
import { connect } from 'node:net';

/**
 * Opens a connection, lets `talk` do what it likes with it, and gives what came once it is closed or
 * `quietMs` have passed. `closed` tells which.
 */
export function converse(port, talk, quietMs = 2000) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let received = '';
    const end = (closed) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ text: received, closed });
    };
    const timer = setTimeout(() => end(false), quietMs);
    socket.on('data', (chunk) => {
      if (received.length < 100_000) received += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => end(true));
    socket.on('connect', () => talk(socket));
  });
}

/** Sends a text as it is. */
export const say = (port, text, quietMs) => converse(port, (socket) => socket.write(text, 'latin1'), quietMs);

/** Sends a request as it is; gives its answer as soon as all of it is there. */
export const ask = (port, text, quietMs = 5000) =>
  converse(
    port,
    (socket) => {
      let received = '';
      socket.on('data', (chunk) => {
        received += chunk.toString('latin1');
        const end = received.indexOf('\r\n\r\n');
        const [, length = '0'] = /\r\ncontent-length: (\d+)/i.exec(received) ?? [];
        if (end >= 0 && received.length >= end + 4 + Number(length)) socket.destroy();
      });
      socket.write(text, 'latin1');
    },
    quietMs,
  );

/** The status of the first answer in a text; 0 if there is none. */
export const statusOf = (text) => Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);

/** Throws unless a text is an answer with one of these statuses. */
export function expectStatus(text, ...allowed) {
  const status = statusOf(text);
  if (!allowed.includes(status)) {
    throw new Error(`expected ${allowed.join(' or ')}, got ${status || 'no answer'}: ${text.slice(0, 120)}`);
  }
}

/** The head of a request of the initiator. */
export function head(method, path, ...fields) {
  const own = fields.some((field) => /^host:/i.test(field)) ? [] : ['Host: 127.0.0.1'];
  return `${[`${method} ${path} HTTP/1.1`, ...own, 'Authorization: Bearer token-initiator', ...fields].join('\r\n')}\r\n\r\n`;
}

/** A whole request with a JSON body. */
export function withBody(method, path, body, ...fields) {
  return (
    head(
      method,
      path,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      ...fields,
    ) + body
  );
}
