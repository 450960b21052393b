import { fileProblem } from '../harness/file-problem.ts';
import type { RawExchange } from './take-in.ts';
import { TakeIn } from './take-in.ts';
import { CutFile, readTrafficFile, UnknownFormat } from './readers/read-file.ts';
import { headers, members, messages } from '../contract/vocabulary.ts';
import { resourceOf } from './resource.ts';
import { Repeats } from './repeats.ts';
import { TrafficCollector, type Traffic } from './traffic.ts';

/** What was found in files. */
export interface Gathered {
  readonly traffic: Traffic;
  /** What a reader should know of the files: that one is cut, that one has nothing. */
  readonly notes: readonly string[];
  /** Why the record is not whole; undefined where it is. */
  readonly cut: string | undefined;
}

/** A file that cannot be opened or read; the message names it. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

/**
 * Reads files of traffic, each in whichever form it is, and finds the background operations in them.
 *
 * @throws UnknownFormat or UnreadableFile; a file that is cut is read as far as it goes
 */
export async function gather(files: readonly string[]): Promise<Gathered> {
  const takeIn = new TakeIn();
  const collector = new TrafficCollector();
  const repeats = new Repeats();
  const notes: string[] = [];
  const cuts: string[] = [];
  for (const [index, file] of files.entries()) {
    const { format, exchanges } = await readTrafficFile(file).catch((error: unknown) => {
      if (error instanceof UnknownFormat) throw error;
      throw new UnreadableFile(`${file} cannot be read: ${fileProblem(error)}. Name files of traffic.`);
    });
    const before = takeIn.count;
    let unplaced = 0;
    let repeated = 0;
    takeIn.beginFile();
    try {
      for await (const raw of exchanges) {
        if (raw === 'unplaced') unplaced += 1;
        else if (!mayMatter(raw)) collector.add(takeIn.takeSlim(raw));
        else if (repeats.isNew(raw, index)) collector.add(takeIn.take(raw));
        else {
          repeated += 1;
          collector.addCopy(raw.url);
        }
      }
    } catch (error) {
      if (error instanceof UnknownFormat) throw error;
      if (!(error instanceof CutFile)) throw error;
      cuts.push(`${file} is cut or damaged after ${takeIn.count - before} exchanges: ${error.message}`);
    }
    const leftOut = [
      unplaced > 0 ? `, ${unplaced} without a time or an address are left out` : '',
      repeated > 0 ? `, ${repeated} that stand there twice count once` : '',
    ];
    notes.push(`${file}: ${takeIn.count - before} exchanges (${formats[format]})${leftOut.join('')}`);
  }
  return { traffic: collector.traffic(), notes, cut: cuts.length === 0 ? undefined : `${cuts.join('; ')}.` };
}

const formats = { har: 'HAR', lines: 'JSON lines', document: 'a document of this project' } as const;

/** Whether an exchange can have to do with background operations: cheap, and never wrong by a no. */
function mayMatter({
  url,
  method,
  headers: sent,
  body = '',
  status,
  answerHeaders = [],
}: RawExchange): boolean {
  const { kind } = resourceOf(url);
  if (kind === 'other')
    return method === 'POST' && (body.includes(members.id) || body.includes(messages.complete));
  if (kind === 'organization-service') return /backgroundoperation/i.test(body);
  if (kind === 'batch')
    return /respond-async|backgroundoperation/i.test(body) || sent.some(([name]) => /^prefer$/i.test(name));
  if (kind !== 'web-api') return true;
  const names = [headers.prefer, headers.callbackUrl].map((name) => name.toLowerCase());
  return (
    status === 202 ||
    sent.some(([name]) => names.includes(name.toLowerCase())) ||
    answerHeaders.some(([name]) => name.toLowerCase() === headers.operationId)
  );
}
