import path from 'node:path';
import type { Readable } from 'node:stream';
import type { RawExchange } from '../take-in.ts';
import { attachedIn } from './attached.ts';
import { exchangesIn } from './evidence.ts';
import { foreignFile } from './foreign.ts';
import { readHar } from './har.ts';
import { readLines } from './lines.ts';
import { openText } from './open-text.ts';
import type { Unplaced } from './values.ts';

/** How a file was read. */
interface FileReading {
  /** What the file is. */
  readonly format: 'har' | 'lines' | 'document';
  /** The exchanges, one after the other; throws {@link CutFile} where the file is cut or damaged. */
  readonly exchanges: AsyncIterable<RawExchange | Unplaced>;
}

/** The file ends in the middle, or is damaged from there on; what came before has been given. */
export class CutFile extends Error {
  override readonly name = 'CutFile';
}

/** Nothing in the file is traffic in a form that is known; the message says what was wanted. */
export class UnknownFormat extends Error {
  override readonly name = 'UnknownFormat';
}

/** Characters up to which a document is read as a whole. */
const documentCharacters = 256 * 1024 * 1024;

/**
 * Opens a file of traffic in whichever form it is: HAR 1.2, JSON lines, the simulator's journal, a report's
 * result or evidence. What is packed by gzip is unpacked.
 *
 * @throws UnknownFormat, or the error of the file system
 */
export async function readTrafficFile(file: string): Promise<FileReading> {
  const { bytes, head, stream } = await openText(file);
  const text = head.trimStart();
  if (text === '') throw new UnknownFormat(`${file} is empty. ${wanted}`);
  const foreign = (): string | undefined => foreignFile(bytes, head);
  if (!/^[{[]/.test(text)) throw new UnknownFormat(`${file} ${foreign() ?? `is no JSON. ${wanted}`}`);
  if (isLine(text)) return { format: 'lines', exchanges: whole(readLines(stream())) };
  // Tools put comments before it; within a text its quotation marks would be escaped.
  if (/[{,]\s*"log"\s*:\s*\{/.test(text))
    return { format: 'har', exchanges: whole(readHar(stream(), attachedIn(path.dirname(file)))) };
  const problem = foreign();
  if (problem !== undefined) throw new UnknownFormat(`${file} ${problem}`);
  return { format: 'document', exchanges: document(file, stream()) };
}

const wanted =
  'Wanted a HAR file (1.2), JSON lines with an exchange a line, the answer of /simulator/requests, or a conformance.json.';

/** Whether the first line is an exchange of its own: one of ours, or an entry of an archive. */
function isLine(text: string): boolean {
  try {
    const value = JSON.parse(text.split('\n', 1)[0] ?? '') as Record<string, unknown>;
    return ('at' in value && 'method' in value) || ('startedDateTime' in value && 'request' in value);
  } catch {
    return false;
  }
}

/** Gives an error of the parser the name of what it means. */
async function* whole(
  exchanges: AsyncIterable<RawExchange | Unplaced>,
): AsyncGenerator<RawExchange | Unplaced> {
  try {
    yield* exchanges;
  } catch (error) {
    throw new CutFile(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

async function* document(file: string, stream: Readable): AsyncGenerator<RawExchange> {
  let value: unknown;
  try {
    let text = '';
    for await (const chunk of stream.setEncoding('utf8') as AsyncIterable<string>) {
      text += chunk;
      if (text.length > documentCharacters)
        throw new UnknownFormat(`${file} is too large for JSON. ${wanted}`);
    }
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof UnknownFormat) throw error;
    throw new CutFile(error instanceof Error ? error.message : String(error), { cause: error });
  }
  const found = exchangesIn(value);
  if (found.length === 0) throw new UnknownFormat(`${file} is JSON with no exchange in it. ${wanted}`);
  yield* found;
}
