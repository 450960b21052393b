// Vitest's global setup: everything temporary that the tests make, and the commands that they start, goes
// into one folder, which is removed in the end. What a command of ours left there fails the run.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** How the temporary folders of `bgop` begin; those of the tests themselves have a space there. */
const ofCommands = /^bgop-/;
/** Tests that end a command by SIGKILL, after which nobody can tidy up, say so by a file of this name. */
export const killedOnPurpose = 'killed-on-purpose';

export default function setup() {
  const folder = mkdtempSync(path.join(tmpdir(), 'bgop-tests-'));
  // What is compiled is worth keeping from one run to the next.
  const cache = fileURLToPath(new URL('../node_modules/.cache/', import.meta.url));
  process.env.PWTEST_CACHE_DIR ??= path.join(cache, 'playwright');
  process.env.NODE_COMPILE_CACHE ??= path.join(cache, 'node-compile');
  process.env.TMPDIR = folder;
  return () => {
    const names = readdirSync(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    if (names.includes(killedOnPurpose)) return;
    const left = names.filter((name) => ofCommands.test(name));
    if (left.length > 0)
      throw new Error(
        `Commands left temporary folders behind: ${left.join(', ')}. Remove them where the command ends.`,
      );
  };
}
