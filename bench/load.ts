import { connect } from 'node:net';

/** A request that is made over and over, and how its answer begins. */
export interface Load {
  readonly request: Buffer;
  /** E.g. `HTTP/1.1 202`. */
  readonly begins: string;
}

/** A request on a connection that stays open. */
export function requestOf(
  method: string,
  path: string,
  headers: readonly string[],
  body = '',
  type = 'application/json',
): Buffer {
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', ...headers];
  if (body !== '') lines.push(`Content-Type: ${type}`, `Content-Length: ${Buffer.byteLength(body)}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

const connections = 8;

/** Connections over which the slowest answers are looked for. */
const latencyConnections = 10;

/**
 * Requests a second that a server on loopback answers, over a few connections that each ask again as
 * soon as they are answered. Sockets and no HTTP client: its work would hide the server's.
 */
export async function requestsPerSecond(port: number, load: Load, count: number): Promise<number> {
  const from = performance.now();
  const each = Math.ceil(count / connections);
  await Promise.all(Array.from({ length: connections }, () => converse(port, load, each)));
  return (each * connections * 1000) / (performance.now() - from);
}

/** Milliseconds that 99 of 100 requests take at most, over 10 connections that each ask again as soon as they are answered. */
export async function p99Milliseconds(port: number, load: Load, count: number): Promise<number> {
  const each = Math.ceil(count / latencyConnections);
  const taken: number[] = [];
  await Promise.all(Array.from({ length: latencyConnections }, () => converse(port, load, each, taken)));
  return taken.sort((a, b) => a - b)[Math.floor(taken.length * 0.99)] ?? NaN;
}

/** Asks so many times; adds to `taken` the milliseconds until each answer was whole. */
function converse(port: number, { request, begins }: Load, count: number, taken?: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let left = count;
    let pending = '';
    let asked = 0;
    const ask = () => {
      asked = performance.now();
      socket.write(request);
    };
    socket.setNoDelay(true);
    socket.on('error', reject);
    socket.on('close', () => {
      reject(new Error(`The server closed the connection with ${left} requests left.`));
    });
    socket.on('connect', ask);
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1');
      if (!isWhole(pending)) return;
      if (!pending.startsWith(begins)) {
        reject(new Error(`Instead of ${begins} came ${pending.slice(0, 200)}`));
        socket.destroy();
        return;
      }
      pending = '';
      taken?.push(performance.now() - asked);
      if (--left > 0) ask();
      else {
        resolve();
        socket.destroy();
      }
    });
  });
}

/** Whether an answer is there with its whole body. Only one is under way on a connection. */
function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? '0';
  return text.length >= end + 4 + Number(length);
}
