import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { applicationId, schema, tablesVersion } from './schema.ts';

/** A folder that cannot be used: what is wrong with it, and what to do. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
}

/** The file in the folder; SQLite has others beside it while it is open. */
const fileName = 'simulator.db';

/** Codes of SQLite. */
const [busy, corrupt, full, cantOpen, notADatabase, readOnly] = [5, 11, 13, 14, 26, 8];

/**
 * Opens the database in a folder, which is made where it is missing, and holds it: a second process is refused.
 * The system lets go of it whenever the process ends.
 *
 * @throws DataFolderError
 */
export function openDatabase(folder: string): DatabaseSync {
  const file = path.join(folder, fileName);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const others = readdirSync(folder);
    if (others.length > 0 && !existsSync(file)) {
      throw new DataFolderError(
        `${folder} holds other files (${others[0] ?? ''}) and nothing of a simulator. Name an empty folder, or a new one.`,
      );
    }
  } catch (error) {
    throw refusal(folder, error);
  }
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: 0 });
    prepare(folder, database);
    return database;
  } catch (error) {
    database?.close();
    throw refusal(folder, error);
  }
}

function prepare(folder: string, database: DatabaseSync): void {
  database.exec('PRAGMA locking_mode = EXCLUSIVE');
  const number = (pragma: string) =>
    Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);
  const [id, version] = [number('application_id'), number('user_version')];
  const empty = number('schema_version') === 0;
  if (!empty && id !== applicationId) {
    throw new DataFolderError(`${folder}/${fileName} is a database of another program. Name another folder.`);
  }
  if (version > tablesVersion) {
    throw new DataFolderError(
      `${folder} was written by a newer version (its tables are version ${version}, this one reads ${tablesVersion}). Update, or name another folder.`,
    );
  }
  // In the log each transaction is one write. Without a shared index of it nobody else can open the file.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000;');
  database.exec('BEGIN EXCLUSIVE');
  if (empty) database.exec(schema);
  database.exec('COMMIT');
}

/** What is wrong with a folder, in words. */
export function refusal(folder: string, error: unknown): DataFolderError {
  if (error instanceof DataFolderError) return error;
  const { errcode, code } = error as { readonly errcode?: number; readonly code?: string };
  const why = (text: string) => new DataFolderError(`${folder} ${text}`, { cause: error });
  switch (errcode === undefined ? undefined : errcode & 0xff) {
    case busy:
      return why('is in use by another simulator. End that one, or name another folder.');
    case corrupt:
    case notADatabase:
      return why(
        'is damaged: its database cannot be read. Name another folder, or delete this one to begin anew.',
      );
    case full:
      return why('cannot be written: the disk is full. Make room, or name another folder.');
    case cantOpen:
    case readOnly:
      return why('cannot be written. Name a folder that you may write to.');
    default:
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return why('cannot be written. Name a folder that you may write to.');
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') return why('is not a folder. Name a folder.');
  return why(`cannot be used: ${error instanceof Error ? error.message : String(error)}.`);
}
