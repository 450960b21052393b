import path from 'node:path';
import { readText } from '../../harness/files.ts';
import type { Result } from '../../record/result.ts';
import { readResult } from '../../reports/read-result.ts';
import { reportFiles } from '../../reports/write.ts';

/** Where the blob of a shard goes, below the report's directory. */
export const blobFolder = 'blob';

/** The log of a target that was started in a container, kept when the run was not all well. */
export const containerLogFile = 'container.log';

/** The result in a report's directory; undefined when there is none that can be read. */
export async function resultIn(directory: string): Promise<Result | undefined> {
  try {
    return readResult(await readText(path.join(directory, reportFiles.result)));
  } catch {
    return undefined;
  }
}
