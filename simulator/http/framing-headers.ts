import { depthHeader } from './depth.ts';

/** Fields that say how a message is framed and handed on: only the sender itself may set them. */
const reserved = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);

/** No control characters, and nothing that has no byte in ISO 8859-1: HTTP cannot carry it. */
const printable = /^[\t\x20-\x7e\x80-\xff]*$/;

/** What is wrong with a header field that somebody wants to be sent; undefined if nothing is. */
export function fieldProblem(name: string, value: string): string | undefined {
  if (name.trim() === '' || !printable.test(name)) return 'a header needs a name of printable characters';
  if (reserved.has(name.trim().toLowerCase())) {
    return `the header '${name.trim()}' belongs to the connection and cannot be set`;
  }
  // Whoever could set it would switch off what ends a chain of calls.
  if (name.trim().toLowerCase() === depthHeader) {
    return `the header '${name.trim()}' is the simulator's own and cannot be set`;
  }
  if (!printable.test(value)) return `the value of the header '${name}' cannot be sent`;
  return undefined;
}
