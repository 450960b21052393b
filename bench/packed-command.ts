import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../', import.meta.url));
const execute = promisify(execFile);

/**
 * Builds the simulator's package of this very code, as it is published, and hands over its command. It lies below
 * `node_modules`, where it finds the packages that it needs, and is gone afterwards.
 */
export async function withPackedCommand<T>(use: (command: string) => Promise<T>): Promise<T> {
  const cache = join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'bgop-bench-'));
  try {
    await execute('npm', ['run', '--silent', 'build'], { cwd: root });
    const { stdout } = await execute(process.execPath, ['scripts/pack-simulator.mjs', folder], { cwd: root });
    await execute('tar', ['-xzf', stdout.trim(), '-C', folder]);
    return await use(join(folder, 'package/bin/bgop-simulator.js'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
