import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { RawExchange } from '../take-in.ts';
import { archiveEntry } from './har.ts';
import { bodyIn, fieldsOf, isRecord, numberOf, statusIn, textOf, timeIn, type Unplaced } from './values.ts';

/**
 * Reads JSON lines: one exchange a line, see {@link entryExchange}, or one entry of an archive.
 *
 * @throws where a line is no JSON; what came before it has been given
 */
export async function* readLines(stream: Readable): AsyncGenerator<RawExchange | Unplaced> {
  let number = 0;
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (error) {
      throw new Error(`line ${number} is no whole JSON object`, { cause: error });
    }
    const ofArchive = isRecord(value) && 'startedDateTime' in value;
    const exchange = ofArchive ? archiveEntry(value) : (entryExchange(value) ?? 'unplaced');
    if (exchange !== undefined) yield exchange;
  }
}

/** The origin of entries that name a path only. */
const noOrigin = 'http://localhost';

/** An entry of the simulator's journal, or a line; undefined where it is no exchange. */
export function entryExchange(value: unknown): RawExchange | undefined {
  if (!isRecord(value)) return undefined;
  const from = timeIn(value['at']);
  const query = textOf(value['query']);
  const path = textOf(value['path']);
  const below = path === '' ? '' : `${noOrigin}${path}${query === '' ? '' : `?${query}`}`;
  const url = textOf(value['url']) || below;
  if (Number.isNaN(from) || url === '') return undefined;
  return {
    from,
    durationMs: numberOf(value['durationMs']),
    method: textOf(value['method']),
    url,
    headers: fieldsOf(value['headers']),
    body: bodyIn(value['body']),
    status: statusIn(value['status']),
    answerHeaders: fieldsOf(value['answerHeaders']),
    answerBody: bodyIn(value['answerBody']),
  };
}
