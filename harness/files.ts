import { constants } from 'node:fs';
import { lstat, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { codeOf, creationProblem, fileProblem } from './file-problem.ts';

/** A file could not be read or written; the message says which, why, and what to do. */
export class FileError extends Error {
  override readonly name = 'FileError';
}

/** How a file is read. */
export interface ReadOptions {
  /** The most bytes that are read. */
  readonly most?: number;
  /** False for what a folder or an archive brings along: a link may lead anywhere. */
  readonly links?: boolean;
}

const usualMost = 512 * 1024 * 1024;
/** What must find room where an outcome is to be written. */
const sampleBytes = 4096;

/**
 * Reads a file at once or says why not: never a pipe or a device, which may give nothing, or for ever.
 *
 * @throws FileError
 */
export async function readBytes(
  file: string,
  { most = usualMost, links = true }: ReadOptions = {},
): Promise<Buffer> {
  try {
    const handle = await open(
      file,
      // Without waiting, so that a pipe which nobody writes to cannot hold it.
      constants.O_RDONLY | flag('O_NONBLOCK') | (links ? 0 : flag('O_NOFOLLOW')),
    );
    try {
      const found = await handle.stat();
      if (found.isDirectory()) throw new Error('it is a folder and not a file');
      if (!found.isFile()) throw new Error('it is a pipe or a device and not a file');
      if (found.size > most)
        throw new Error(`it has ${found.size} bytes, and ${most} are the most that are read`);
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new FileError(`${file} cannot be read: ${fileProblem(error)}.`, { cause: error });
  }
}

/** The same as text. */
export async function readText(file: string, options: ReadOptions = {}): Promise<string> {
  return (await readBytes(file, options)).toString('utf8');
}

/**
 * Writes a file that the user named, whole or not at all: into its place where it is a file, into what
 * reads where it is a pipe or a device.
 *
 * @throws FileError, at once where nobody reads from a pipe
 */
export async function writeOutput(file: string, data: string | Uint8Array): Promise<void> {
  try {
    const found = await stat(file).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    });
    if (found === undefined || found.isFile()) await replaceOrWrite(await placeOf(file), data);
    else if (found.isDirectory()) throw new Error('it is a folder and not a file');
    else await pour(file, data);
  } catch (error) {
    throw new FileError(
      `${file} cannot be written: ${creationProblem(file, error)}. Name a file in a folder that you may write to.`,
      { cause: error },
    );
  }
}

/**
 * Makes sure, before a long piece of work, that its outcome can be written to a file, and changes nothing.
 *
 * @throws FileError
 */
export async function requireOutput(file: string): Promise<void> {
  const before = await stat(file).catch(() => undefined);
  if (before?.isFile() === true) return writeOutput(file, await readBytes(file));
  // A device shows only when something is written to it whether it takes that.
  // A full disk takes an empty file.
  const sample = before === undefined ? ' '.repeat(sampleBytes) : '\n';
  await writeOutput(file, before === undefined || before.isCharacterDevice() ? sample : '');
  if (before === undefined) await rm(file, { force: true });
}

/** Writes a file so that nobody ever reads half of it, and leaves nothing of it behind where that fails. A link in its place is replaced, not followed. */
export async function replaceFile(file: string, data: string | Uint8Array): Promise<void> {
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    // A name that can be guessed may be a link that somebody left.
    await rm(unfinished, { force: true });
    await writeFile(unfinished, data, { flag: 'wx' });
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Where only the file itself may be written to, as one that is mounted into a container, it is written in place. */
async function replaceOrWrite(file: string, data: string | Uint8Array): Promise<void> {
  try {
    await replaceFile(file, data);
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EBUSY', 'EROFS', 'EXDEV'].includes(codeOf(error) ?? '')) throw error;
    await writeFile(file, data, { flag: constants.O_WRONLY | constants.O_TRUNC }).catch((second: unknown) => {
      // Without a file there to write into, the first reason is the reason.
      throw codeOf(second) === 'ENOENT' ? error : second;
    });
  }
}

/** The file that a path means: what a link leads to stays linked. */
async function placeOf(file: string): Promise<string> {
  const found = await lstat(file).catch(() => undefined);
  if (found?.isSymbolicLink() !== true) return file;
  return realpath(file);
}

async function pour(file: string, data: string | Uint8Array): Promise<void> {
  const look = await open(file, constants.O_WRONLY | flag('O_NONBLOCK'));
  try {
    // Somebody reads: the second opening does not wait, and the writing waits for the reader alone.
    await writeFile(file, data, { flag: constants.O_WRONLY });
  } finally {
    await look.close();
  }
}

/** A flag for opening, where the system has it. */
function flag(name: 'O_NONBLOCK' | 'O_NOFOLLOW'): number {
  return (constants as Partial<Record<string, number>>)[name] ?? 0;
}
