import {
  linkSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { codeOf } from '../../harness/file-problem.ts';
import { holderInWords, isAlive, parseHolder, signOfLifeMs, thisHolder, type Holder } from './holder.ts';

/** The name of the lock, in the folder of a report. */
export const lockFile = 'run.lock';

/** Somebody else has the folder. */
export class FolderTaken extends Error {
  override readonly name = 'FolderTaken';

  constructor(directory: string, holder: Holder) {
    super(
      `another run is writing to ${directory}: ${holderInWords(holder)}. Wait for its end, or name another folder with --report. If that run is gone, remove ${path.join(directory, lockFile)}.`,
    );
  }
}

/** A folder that is had, until it is let go. */
export interface Lock {
  readonly release: () => void;
}

/**
 * Takes a report folder, which must exist. The lock of a process that has died is taken over.
 *
 * @throws FolderTaken; an error of the system where the lock cannot be written
 */
export function takeLock(directory: string): Lock {
  const file = path.join(directory, lockFile);
  const text = `${JSON.stringify(thisHolder())}\n`;
  // Each round either takes the lock, finds who has it, or has removed one that was stale.
  for (let round = 0; round < 5; round += 1) {
    if (created(file, text)) return held(file, text);
    const found = readLock(file);
    if (found === undefined) continue;
    if (found.holder !== undefined && isAlive(found.holder, found.silenceMs))
      throw new FolderTaken(directory, found.holder);
    removeStale(file, found.text);
  }
  throw new Error(`${lockFile} changes all the time`);
}

/** Who has a folder now; undefined where it is free, or where its holder has died. */
export function holderOf(directory: string): Holder | undefined {
  const found = readLock(path.join(directory, lockFile));
  return found?.holder !== undefined && isAlive(found.holder, found.silenceMs) ? found.holder : undefined;
}

/** Creates the lock with all of its text in one step, so that nobody reads half of it. */
function created(file: string, text: string): boolean {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    rmSync(draft, { force: true });
    writeFileSync(draft, text, { flag: 'wx' });
    try {
      linkSync(draft, file);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      // A file system without hard links.
      writeFileSync(file, text, { flag: 'wx' });
    }
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

interface Found {
  readonly text: string;
  readonly holder: Holder | undefined;
  readonly silenceMs: number;
}

function readLock(file: string): Found | undefined {
  try {
    if (!lstatSync(file).isFile()) throw new Error(`${lockFile} there is not a file`);
    const text = readFileSync(file, 'utf8');
    return { text, holder: parseHolder(text), silenceMs: Date.now() - statSync(file).mtimeMs };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Moves the lock aside first, so that of two who find it stale only one removes it, and no new one. */
function removeStale(file: string, text: string): void {
  const aside = `${file}.stale.${process.pid}.tmp`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if (readFileSync(aside, 'utf8') !== text) {
    // Somebody took it over between the look and the move.
    try {
      linkSync(aside, file);
    } catch {
      // And somebody else since then.
    }
  }
  rmSync(aside, { force: true });
}

function held(file: string, text: string): Lock {
  const alive = setInterval(() => {
    try {
      const now = new Date();
      utimesSync(file, now, now);
    } catch {
      // It is gone; whoever removed it knew why.
    }
  }, signOfLifeMs);
  alive.unref();
  const release = (): void => {
    clearInterval(alive);
    try {
      if (readFileSync(file, 'utf8') === text) rmSync(file, { force: true });
    } catch {
      // Gone already.
    }
  };
  return { release };
}
