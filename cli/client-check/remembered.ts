import { createHash } from 'node:crypto';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { keyOfFreedoms } from './find-reliances.ts';
import type { Freedom } from './freedoms.ts';

/** What a search has learned so far: the outcome of each run, by the freedoms that it had. */
export interface RememberedRuns {
  /** Runs the client unless the same run is remembered. */
  readonly breaks: (freedoms: readonly Freedom[], run: () => Promise<boolean>) => Promise<boolean>;
  /** How many runs were remembered from before. */
  readonly before: number;
}

/**
 * Keeps the outcome of each run in a file of JSON lines, so that an interrupted search goes on where it was:
 * the search is deterministic, and meets the same runs again.
 *
 * @param subject what the outcomes depend on besides the freedoms, e.g. the command; another one begins anew
 */
export async function rememberRuns(file: string, subject: string, resume: boolean): Promise<RememberedRuns> {
  const id = createHash('sha256').update(subject).digest('hex').slice(0, 16);
  const known = resume ? await read(file, id) : new Map<string, boolean>();
  if (known.size === 0) await writeFile(file, `${JSON.stringify({ subject: id })}\n`);
  return {
    before: known.size,
    breaks: async (freedoms, run) => {
      const key = keyOfFreedoms(freedoms);
      const remembered = known.get(key);
      if (remembered !== undefined) return remembered;
      const broken = await run();
      known.set(key, broken);
      await appendFile(file, `${JSON.stringify({ freedoms: key, broken })}\n`);
      return broken;
    },
  };
}

async function read(file: string, id: string): Promise<Map<string, boolean>> {
  const known = new Map<string, boolean>();
  const text = await readFile(file, 'utf8').catch(() => '');
  const [head = '', ...lines] = text.split('\n');
  if (!head.includes(id)) return known;
  for (const line of lines) {
    try {
      const { freedoms, broken } = JSON.parse(line) as { freedoms?: unknown; broken?: unknown };
      if (typeof freedoms === 'string' && typeof broken === 'boolean') known.set(freedoms, broken);
    } catch {
      // The last line may be cut; its run is made again.
    }
  }
  return known;
}
