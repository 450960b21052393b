import { statSync } from 'node:fs';
import path from 'node:path';

/** What the codes of the system mean to whoever named the file. */
const words: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'the system does not permit it',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left there',
  EDQUOT: 'the quota is used up',
  EFBIG: 'it would be too large there',
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is a file and not a folder',
  EISDIR: 'it is a folder and not a file',
  EEXIST: 'something else has that name',
  ENOTEMPTY: 'it is not empty',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'it is a link, or links lead in a circle',
  ENXIO: 'nobody reads from that pipe',
  EINVAL: 'the system does not take such a name',
  ERR_INVALID_ARG_VALUE: 'the system does not take such a name',
  EMFILE: 'too many files are open',
  EIO: 'the device reports an error',
  EBUSY: 'it is in use',
  EPIPE: 'the reader has gone',
  ETXTBSY: 'it is a program that runs',
  ENODEV: 'there is no such device',
};

/** The code of a system error, e.g. `ENOENT`; undefined for other errors. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Says in words what kept a file or folder from being read or written, with the system's code. */
export function fileProblem(error: unknown): string {
  const code = codeOf(error);
  const said = code === undefined ? undefined : words[code];
  if (said !== undefined) return `${said} (${code})`;
  return error instanceof Error ? error.message : String(error);
}

/**
 * Says what kept something new from being made: a folder that is missing, or one that is there and takes nothing, as
 * those of the system do (`/proc`).
 */
export function creationProblem(place: string, error: unknown): string {
  if (codeOf(error) !== 'ENOENT') return fileProblem(error);
  const { path: failed } = error as NodeJS.ErrnoException;
  const folder = path.dirname(path.resolve(failed ?? place));
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true
    ? `the folder ${folder} is there and takes nothing new, as a folder of the system does (ENOENT)`
    : `there is no folder ${folder} (ENOENT)`;
}
