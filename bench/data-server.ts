// As simulator-server.ts, but what it holds is kept in a folder that is removed with the process.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolder } from '../simulator/data/data-folder.ts';
import { startServer } from '../simulator/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'bgop-bench-'));
process.once('exit', () => {
  rmSync(folder, { recursive: true, force: true });
});
process.once('SIGTERM', () => process.exit());
const { url } = await startServer({ clock: 'virtual', data: openDataFolder(folder, 'virtual') });
console.log(`listening on ${url}`);
