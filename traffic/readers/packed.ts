import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';

/** Bytes that one body may come to; what comes to more was made to fill the memory. */
const limits = { maxOutputLength: 16_000_000 };

const unpackers = new Map<string, (bytes: Uint8Array) => Uint8Array>([
  ['gzip', (bytes) => gunzipSync(bytes, limits)],
  ['x-gzip', (bytes) => gunzipSync(bytes, limits)],
  ['deflate', (bytes) => inflateSync(bytes, limits)],
  ['br', (bytes) => brotliDecompressSync(bytes, limits)],
  ['zstd', (bytes) => zstdDecompressSync(bytes, limits)],
]);

/** The bytes that a body was packed from; undefined where it was packed in a way that cannot be undone. */
export function unpackedBytes(bytes: Uint8Array, coding: string): Uint8Array | undefined {
  const unpack = unpackers.get(coding.trim().toLowerCase());
  if (unpack === undefined) return bytes;
  try {
    return unpack(bytes);
  } catch {
    return undefined;
  }
}

/**
 * The text of a body. An archive should have it unpacked, but some tools keep the bytes that went over the wire.
 *
 * @param coding the `Content-Encoding` that the answer had
 * @returns undefined where the bytes are packed in a way that cannot be undone: nothing is known of the body then
 */
export function unpackedText(bytes: Buffer, coding: string): string | undefined {
  // Most bodies have no coding: only the others are worth a look.
  const whole = coding === '' || isText(bytes) ? bytes : unpackedBytes(bytes, coding);
  return whole === undefined ? undefined : Buffer.from(whole).toString('utf8');
}

/** Whether it is a text already, as an archive should have it. */
function isText(bytes: Buffer): boolean {
  const whole = new TextDecoder('utf-8', { fatal: true });
  try {
    // A control character other than white space never stands in JSON, XML or a multipart body.
    return !/[\0-\x08\x0e-\x1f]/.test(whole.decode(bytes));
  } catch {
    return false;
  }
}
