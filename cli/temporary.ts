import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder that is there as long as it is needed, and never longer than the process. */
export interface Temporary {
  readonly path: string;
  readonly remove: () => void;
}

const folders = new Set<string>();

/** Makes a temporary folder. Whatever ends the process takes it away, unless that is SIGKILL. */
export function makeTemporary(prefix: string): Temporary {
  const folder = mkdtempSync(path.join(tmpdir(), prefix));
  if (folders.size === 0) process.once('exit', removeAll);
  folders.add(folder);
  return {
    path: folder,
    remove: () => {
      remove(folder);
      if (folders.size === 0) process.off('exit', removeAll);
    },
  };
}

function removeAll(): void {
  for (const folder of folders) remove(folder);
}

function remove(folder: string): void {
  folders.delete(folder);
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Somebody else has it open; the system clears its temporary folder in time.
  }
}
