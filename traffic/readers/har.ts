import chain from 'stream-chain';
import { pick } from 'stream-json/filters/pick.js';
import parser from 'stream-json/parser.js';
import { streamArray } from 'stream-json/streamers/stream-array.js';
import type { HeaderFields } from '../../record/evidence.ts';
import type { RawExchange } from '../take-in.ts';
import { withAttached, type ReadAttached } from './attached.ts';
import { unpackedText } from './packed.ts';
import { withoutWorkerTwins } from './service-worker.ts';
import { fieldsOf, isRecord, numberOf, statusIn, textOf, type Unplaced } from './values.ts';

/**
 * Reads the entries of an HTTP archive (HAR 1.2) one by one, whatever its size.
 *
 * @param attached reads bodies that stand in files beside the archive
 * @throws the parser's error where the file ends in the middle or is no JSON; what came before has been given
 */
export async function* readHar(
  chunks: AsyncIterable<Buffer | string>,
  attached: ReadAttached = () => undefined,
): AsyncGenerator<RawExchange | Unplaced> {
  const entries = chain([
    parser.asStream({ streamValues: false, packValues: true }),
    pick.asStream({ filter: 'log.entries', once: true }),
    streamArray.asStream(),
  ]);
  void feed(chunks, entries);
  for await (const entry of withoutWorkerTwins(valuesOf(entries as AsyncIterable<{ value: unknown }>))) {
    const exchange = archiveEntry(withAttached(entry, attached));
    if (exchange !== undefined) yield exchange;
  }
}

async function* valuesOf(items: AsyncIterable<{ value: unknown }>): AsyncGenerator<unknown> {
  for await (const { value } of items) yield value;
}

/** Writes the chunks into the parser; an error of reading becomes one of the parser. */
async function feed(chunks: AsyncIterable<Buffer | string>, into: ReturnType<typeof chain>): Promise<void> {
  try {
    for await (const chunk of chunks) {
      if (into.destroyed) return;
      if (into.write(chunk)) continue;
      await new Promise<void>((resolve) => {
        into.once('drain', resolve);
        into.once('close', resolve);
      });
    }
    into.end();
  } catch (error) {
    into.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

/** The body of a request; a form may be told by its fields alone. */
function postedIn(request: Record<string, unknown>): string {
  const posted = isRecord(request['postData']) ? request['postData'] : {};
  const params = fieldsOf(posted['params']);
  return (
    textOf(posted['text']) || new URLSearchParams(params.map(([name, value]) => [name, value])).toString()
  );
}

/** Header fields without those that HTTP/2 has instead of a first line. */
function withoutPseudo(headers: unknown): HeaderFields {
  return fieldsOf(headers).filter(([name]) => !name.startsWith(':'));
}

/** The status, 0 where no answer came: Charles shows an error page of its own instead, and says so in a member. */
function statusOf(answer: Record<string, unknown>): number | undefined {
  const charles = textOf(answer['_charlesStatus']);
  return charles === '' || charles.toUpperCase() === 'COMPLETE' ? statusIn(answer['status']) : 0;
}

/** Whether a browser answered it from what it had kept: Chrome and Safari say so. */
function isFromCache(entry: Record<string, unknown>): boolean {
  return textOf(entry['_fromCache']) !== '' || /^(?:memory|disk) cache$/i.test(textOf(entry['_fetchType']));
}

function codingIn(headers: HeaderFields): string {
  return headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1] ?? '';
}

/** An entry of an archive; undefined where nothing went over the wire. */
export function archiveEntry(entry: unknown): RawExchange | Unplaced | undefined {
  if (!isRecord(entry) || !isRecord(entry['request'])) return 'unplaced';
  const { request, response } = entry;
  if (isFromCache(entry)) return undefined;
  const from = Date.parse(textOf(entry['startedDateTime']));
  const url = textOf(request['url']);
  if (Number.isNaN(from) || url === '') return 'unplaced';
  const answer = isRecord(response) ? response : {};
  const content = isRecord(answer['content']) ? answer['content'] : {};
  const text = textOf(content['text']);
  const answerHeaders = withoutPseudo(answer['headers']);
  return {
    from,
    durationMs: numberOf(entry['time']),
    method: textOf(request['method']),
    url,
    headers: withoutPseudo(request['headers']),
    body: postedIn(request),
    status: statusOf(answer),
    answerHeaders,
    answerBody:
      content['encoding'] === 'base64'
        ? unpackedText(Buffer.from(text, 'base64'), codingIn(answerHeaders))
        : text,
  };
}
