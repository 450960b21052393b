import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** A file as it begins, and its whole text. */
export interface OpenedText {
  /** The first bytes as they are in the file, unpacked where it is packed. */
  readonly bytes: Buffer;
  /** The same as text, without a byte order mark. */
  readonly head: string;
  /** The text from its beginning, in UTF-8. */
  readonly stream: () => Readable;
}

/** Bytes from which the format is told. */
const headBytes = 65_536;

/**
 * Opens a file of text: packed by gzip or not, whatever its name, in UTF-8 or UTF-16, as some shells write what a tool
 * prints.
 *
 * @throws the error of the file system
 */
export async function openText(file: string): Promise<OpenedText> {
  const raw = await beginningOf(createReadStream(file));
  const packed = raw[0] === 0x1f && raw[1] === 0x8b;
  const source = (): Readable =>
    packed ? unpacked(file) : createReadStream(file, { highWaterMark: 1 << 20 });
  const bytes = packed ? await beginningOf(unpacked(file)) : raw;
  const encoding = encodingOf(bytes);
  return {
    bytes,
    head: new TextDecoder(encoding).decode(bytes),
    stream: () =>
      // Most files need no decoder, which costs more than reading them.
      encoding === 'utf-8' && !startsWith(bytes, 0xef, 0xbb, 0xbf)
        ? source()
        : Readable.from(decoded(source(), encoding)),
  };
}

function startsWith(bytes: Buffer, ...wanted: readonly number[]): boolean {
  return wanted.every((byte, at) => bytes[at] === byte);
}

function encodingOf(bytes: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  // With a byte order mark, or a bracket in two bytes.
  if (startsWith(bytes, 0xff, 0xfe) || (/^[{[]/.test(bytes.toString('latin1', 0, 1)) && bytes[1] === 0))
    return 'utf-16le';
  return startsWith(bytes, 0xfe, 0xff) ? 'utf-16be' : 'utf-8';
}

async function* decoded(source: Readable, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of source as AsyncIterable<Buffer>)
    yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

function unpacked(file: string): Readable {
  const gunzip = createGunzip();
  const source = createReadStream(file);
  source.on('error', (error) => gunzip.destroy(error));
  gunzip.once('close', () => source.destroy());
  return source.pipe(gunzip);
}

async function beginningOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= headBytes) break;
    }
  } catch (error) {
    // An archive that is cut has a beginning all the same.
    if (length === 0) throw error;
  }
  return Buffer.concat(chunks).subarray(0, headBytes);
}
