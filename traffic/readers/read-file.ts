import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { RawExchange } from '../take-in.ts';
import { exchangesIn } from './evidence.ts';
import { readHar } from './har.ts';
import { readLines } from './lines.ts';

/** How a file was read. */
interface FileReading {
  /** What the file is. */
  readonly format: 'har' | 'lines' | 'document';
  /** The exchanges, one after the other; throws {@link CutFile} where the file is cut or damaged. */
  readonly exchanges: AsyncIterable<RawExchange>;
}

/** The file ends in the middle, or is damaged from there on; what came before has been given. */
export class CutFile extends Error {
  override readonly name = 'CutFile';
}

/** Nothing in the file is traffic in a form that is known; the message says what was wanted. */
export class UnknownFormat extends Error {
  override readonly name = 'UnknownFormat';
}

/** Bytes from which the format is told, and up to which a document is read as a whole. */
const headBytes = 65_536;
const documentBytes = 256 * 1024 * 1024;

/**
 * Opens a file of traffic in whichever form it is: HAR 1.2, JSON lines, the simulator's journal, a report's
 * result or evidence. `.gz` is unpacked.
 *
 * @throws UnknownFormat, or the error of the file system
 */
export async function readTrafficFile(file: string): Promise<FileReading> {
  const packed = file.endsWith('.gz');
  const head = packed ? await headOf(unpacked(file)) : await headOfFile(file);
  const text = head.replace(/^\uFEFF/, '').trimStart();
  if (text === '') throw new UnknownFormat(`${file} is empty. ${wanted}`);
  if (!/^[{[]/.test(text)) throw new UnknownFormat(`${file} is no JSON. ${wanted}`);
  const stream = () => (packed ? unpacked(file) : createReadStream(file, { highWaterMark: 1 << 20 }));
  if (isLine(text)) return { format: 'lines', exchanges: whole(readLines(stream())) };
  // Tools put comments before it; within a text its quotation marks would be escaped.
  if (/[{,]\s*"log"\s*:\s*\{/.test(text)) return { format: 'har', exchanges: whole(readHar(stream())) };
  if (packed || (await stat(file)).size > documentBytes)
    throw new UnknownFormat(`${file} is neither a HAR file nor JSON lines. ${wanted}`);
  return { format: 'document', exchanges: document(file) };
}

const wanted =
  'Wanted a HAR file (1.2), JSON lines with an exchange a line, the answer of /simulator/requests, or a conformance.json.';

/** Whether the first line is an exchange of its own. */
function isLine(text: string): boolean {
  try {
    const value = JSON.parse(text.split('\n', 1)[0] ?? '') as Record<string, unknown>;
    return 'at' in value && 'method' in value;
  } catch {
    return false;
  }
}

/** Gives an error of the parser the name of what it means. */
async function* whole(exchanges: AsyncIterable<RawExchange>): AsyncGenerator<RawExchange> {
  try {
    yield* exchanges;
  } catch (error) {
    throw new CutFile(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

async function* document(file: string): AsyncGenerator<RawExchange> {
  let value: unknown;
  try {
    value = JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new CutFile(error instanceof Error ? error.message : String(error), { cause: error });
  }
  yield* exchangesIn(value);
}

function unpacked(file: string): Readable {
  const gunzip = createGunzip();
  const source = createReadStream(file);
  source.on('error', (error) => gunzip.destroy(error));
  return source.pipe(gunzip);
}

async function headOf(stream: Readable): Promise<string> {
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    stream.destroy();
    return chunk.toString('utf8');
  }
  return '';
}

async function headOfFile(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
