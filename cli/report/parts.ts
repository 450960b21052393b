import { lstat, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { strFromU8 } from 'fflate';
import { codeOf, fileProblem } from '../../harness/file-problem.ts';
import { readBytes } from '../../harness/files.ts';
import { readArchive } from '../../reports/archive.ts';
import { journalFile, readJournal } from '../../reports/journal.ts';
import type { RunMeta } from '../../record/run-meta.ts';
import { reportFiles } from '../../reports/write.ts';
import { holderInWords } from '../report-lock/holder.ts';
import { holderOf } from '../report-lock/lock.ts';
import { blobFolder } from '../verify/report-directory.ts';
import { blobName } from '../verify/shards.ts';

/** One part of a run, as a shard left it. */
export interface ReportPart {
  /** Where it was found. */
  readonly file: string;
  /** The name that tells which shard it is. */
  readonly name: string;
  /** Its archive; undefined for a shard that was killed, of which there is the journal in this folder. */
  readonly bytes?: Uint8Array;
  /** What its run was. */
  readonly meta: RunMeta;
  /** When its run began, in milliseconds since 1970; undefined where the archive does not tell. */
  readonly startedAt?: number;
}

/** What an archive of a shard may hold, unpacked: all evidence of a whole run is a hundredth of it. */
const limits = { bytes: 2 * 1024 * 1024 * 1024, files: 100_000 };

const events = 'report.jsonl';

/**
 * The parts of runs in a folder. Of a shard that was killed before its end it is what its journal kept.
 *
 * @throws Error whose message says why there is none, or why one cannot be taken
 */
export async function partsIn(directory: string): Promise<ReportPart[]> {
  const files = await archivesIn(directory);
  const killed = (): ReportPart[] => killedPart(directory);
  if (files.length > 0) {
    return Promise.all(files.map(readPart)).catch((error: unknown) => {
      // A shard that was killed while it wrote its archive has its journal still.
      const parts = files.length === 1 ? killed() : [];
      if (parts.length === 0) throw error;
      return parts;
    });
  }
  const parts = killed();
  if (parts.length === 0) throw new Error(await whyNone(directory));
  return parts;
}

function killedPart(directory: string): ReportPart[] {
  const run = readJournal(directory);
  const [, number, of] = /^(\d+)\/(\d+)$/.exec(run?.shard ?? '') ?? [];
  if (run === undefined || number === undefined || of === undefined) return [];
  const holder = holderOf(directory);
  if (holder !== undefined)
    throw new Error(
      `holds no part of a run: its run is at work (${holderInWords(holder)}); wait for its end`,
    );
  const name = blobName({ number: Number(number), of: Number(of) });
  return [{ file: directory, name, meta: run.meta, startedAt: Date.parse(run.startedAt) }];
}

async function archivesIn(directory: string): Promise<string[]> {
  const found = await stat(directory).catch((error: unknown) => {
    throw new Error(`holds no part of a run: ${fileProblem(error)}`);
  });
  if (!found.isDirectory())
    throw new Error('holds no part of a run: it is a file; expected the folder that holds it');
  for (const folder of [path.join(directory, blobFolder), directory]) {
    const names = await readdir(folder).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return [];
      throw new Error(fileProblem(error));
    });
    const archives = names.filter((name) => name.endsWith('.zip')).map((name) => path.join(folder, name));
    if (archives.length > 0) return archives.sort();
  }
  return [];
}

async function whyNone(directory: string): Promise<string> {
  const has = async (name: string): Promise<boolean> =>
    lstat(path.join(directory, name)).then(
      () => true,
      () => false,
    );
  if (await has(journalFile))
    return 'holds no part of a run: its run was killed before it began, or was not run with --shard; run that shard again';
  if (await has(reportFiles.result))
    return 'holds no part of a run, only a report: it was not run with --shard, or did not come to its end';
  return 'holds no part of a run. Wanted the report of "bgop verify --shard I/N --report DIR"';
}

async function readPart(file: string): Promise<ReportPart> {
  const name = path.basename(file);
  // A link in a folder that came from elsewhere may lead anywhere.
  const bytes = new Uint8Array(await readBytes(file, { links: false }));
  const unpacked = readArchive(bytes, limits, (one) => one === events);
  if (typeof unpacked === 'string')
    throw new Error(`cannot be joined: ${name} is not a part of a run: ${unpacked}`);
  const told = unpacked[events];
  const meta = told === undefined ? undefined : metaIn(strFromU8(told));
  if (meta === undefined) throw new Error(`cannot be joined: ${name} is not a part of a run of this suite`);
  const startedAt = startIn(strFromU8(told ?? new Uint8Array()));
  return { file, name, bytes, meta, ...(startedAt === undefined ? {} : { startedAt }) };
}

/** When the run began, from the event of its end. */
function startIn(text: string): number | undefined {
  const line = text.slice(text.lastIndexOf('{"method":"onEnd"')).split('\n', 1)[0] ?? '';
  try {
    const { params } = JSON.parse(line) as { params?: { result?: { startTime?: unknown } } };
    const start = params?.result?.startTime;
    return typeof start === 'number' ? start : undefined;
  } catch {
    return undefined;
  }
}

/** The metadata of the run, from the event with its configuration. */
function metaIn(text: string): RunMeta | undefined {
  for (const line of text.split('\n', 20)) {
    try {
      const { method, params } = JSON.parse(line) as {
        method?: string;
        params?: { config?: { metadata?: { bgop?: RunMeta } } };
      };
      if (method === 'onConfigure') return params?.config?.metadata?.bgop;
    } catch {
      return undefined;
    }
  }
  return undefined;
}

/** What must be the same in all parts of one run, with the word for it. */
const shared: readonly [string, (meta: RunMeta) => string | undefined][] = [
  ['version of the suite', ({ suite }) => suite?.version],
  ['target', ({ target }) => target?.name],
  ['address of the target', ({ target }) => target?.url],
  ['seed', ({ seed }) => seed?.toString()],
  ['--only', ({ only = [] }) => inAnyOrder(only)],
  ['number of runs of each property', ({ runs }) => runs?.toString()],
  ['what the target offers', ({ offers }) => offers && inAnyOrder(offers)],
];

function inAnyOrder(texts: readonly string[]): string {
  return texts.length === 0 ? 'nothing' : [...texts].sort().join(', ');
}

/** Further apart no two shards of one run begin. */
const longestApart = 24 * 60 * 60 * 1_000;

/** Why a part cannot be of the same run as another one; undefined where it can. */
export function differsFrom(
  first: Omit<ReportPart, 'bytes'>,
  part: Omit<ReportPart, 'bytes'>,
): string | undefined {
  const words = `cannot be joined: it is of another run than ${first.file}`;
  const difference = shared.find(([, of]) => of(first.meta) !== of(part.meta));
  if (difference !== undefined) {
    const [word, of] = difference;
    return `${words}: ${word}: ${of(part.meta) ?? 'unknown'} instead of ${of(first.meta) ?? 'unknown'}`;
  }
  if (first.startedAt === undefined || part.startedAt === undefined) return undefined;
  if (Math.abs(first.startedAt - part.startedAt) <= longestApart) return undefined;
  const [began, other] = [part.startedAt, first.startedAt].map((at) => new Date(at).toISOString());
  return `${words}: it began at ${began}, that one at ${other}, which is more than a day apart`;
}
