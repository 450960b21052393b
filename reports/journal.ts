import { appendFileSync, lstatSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseJson } from '../harness/json.ts';
import type { Disruption, RawCheck } from '../record/outcome.ts';
import { gathered } from '../harness/disruptions.ts';
import { journalLineSchema, type JournalLine } from '../record/journal-line.ts';
import type { RecordedRun } from './recorded-run.ts';

/** The name of the journal, in the folder of the report; it is there while a run is, and after one that was killed. */
export const journalFile = 'journal.jsonl';

const journalVersion = 1;

/**
 * Appends to the journal of a run, each line flushed to the system before the run goes on, so that it
 * outlives the process. Where it cannot be written the run goes on without it.
 */
export class JournalWriter {
  readonly #file: string;
  #problem: Error | undefined;

  constructor(directory: string) {
    this.#file = path.join(directory, journalFile);
  }

  /** What kept the journal from being written, if anything did. */
  get problem(): Error | undefined {
    return this.#problem;
  }

  /** Starts the journal with what is known before the first check. */
  begin(run: Omit<Extract<JournalLine, { kind: 'run' }>, 'kind' | 'version'>): void {
    this.#write({ kind: 'run', version: journalVersion, ...run }, 'w');
  }

  add(line: Exclude<JournalLine, { kind: 'run' }>): void {
    this.#write(line, 'a');
  }

  /** Takes the journal away: the report has everything that stood in it. */
  remove(): void {
    removeJournal(path.dirname(this.#file));
  }

  #write(line: JournalLine, flag: 'a' | 'w'): void {
    // What follows on a line that is missing would mislead.
    if (this.#problem !== undefined) return;
    try {
      appendFileSync(this.#file, `${JSON.stringify(line)}\n`, { flag });
    } catch (error) {
      this.#problem = error instanceof Error ? error : new Error(String(error));
    }
  }
}

/** Removes the journal of a folder, where there is one. */
export function removeJournal(directory: string): void {
  try {
    rmSync(path.join(directory, journalFile), { force: true });
  } catch {
    // A journal that stays is no harm: the result beside it is the newer one.
  }
}

/** The run in the journal of a folder; undefined where there is none, or none that can be read. */
export function readJournal(directory: string): RecordedRun | undefined {
  let text: string;
  try {
    const file = path.join(directory, journalFile);
    if (!lstatSync(file).isFile()) return undefined;
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  return parseJournal(text);
}

/** Reads a journal. Its last line may be cut short, which is how a killed process leaves it. */
export function parseJournal(text: string): RecordedRun | undefined {
  const lines = text.split('\n').flatMap(parsed);
  const head = lines.find((line) => line.kind === 'run');
  if (head?.version !== journalVersion) return undefined;
  const { startedAt, root, meta, shard, tests } = head;
  const checks: RawCheck[] = [];
  const begun = new Set<string>();
  const ended = new Set<string>();
  const errors: string[] = [];
  const disturbed: Disruption[] = [];
  let requests: number | undefined;
  for (const line of lines) {
    if (line.kind === 'begin') begun.add(line.test);
    else if (line.kind === 'error') errors.push(line.message);
    else if (line.kind === 'disturbed')
      disturbed.push({ source: line.source, message: line.message, times: 1 });
    else if (line.kind === 'end') {
      ended.add(line.test);
      checks.push(...line.checks);
      if (line.requests !== undefined) requests = line.requests;
    }
  }
  return {
    startedAt,
    root,
    meta,
    ...(shard === undefined ? {} : { shard }),
    tests,
    checks,
    begun,
    ended,
    errors,
    disruptions: gathered(disturbed),
    ...(requests === undefined ? {} : { requests }),
  };
}

/** Lines that lack what is read of them are passed over: the folder of a report may come from elsewhere. */
function parsed(line: string): JournalLine[] {
  if (line.trim() === '') return [];
  const { data } = journalLineSchema.safeParse(parseJson(line));
  return data === undefined ? [] : [data];
}
