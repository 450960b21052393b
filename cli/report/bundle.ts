import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadConfig } from '../../harness/config.ts';
import { bundle, unpack, verifyBundle, type Files } from '../../reports/bundle.ts';
import { reportContents } from '../../reports/bundle-files.ts';
import { suiteIdentity } from '../package.ts';
import { UsageError, type Terminal } from '../terminal.ts';
import { loadResult } from './result-file.ts';

/** The options of `bgop report bundle`, as commander gives them. */
export interface BundleOptions {
  readonly output: string;
  readonly config?: string;
}

/** `bgop report bundle`: reports, configuration without secrets, versions and hashes in one archive. */
export async function bundleReports(
  directories: readonly string[],
  { output, config }: BundleOptions,
  terminal: Terminal,
): Promise<number> {
  const files: Record<string, Uint8Array> = {};
  let createdAt = '';
  const versions: Record<string, string> = { packedBy: suiteIdentity().version };
  for (const [index, directory] of directories.entries()) {
    const { run, suite, catalogue } = await loadResult(directory);
    // The time of the newest run, not of packing: the same reports give the same archive.
    if (run.startedAt > createdAt) createdAt = run.startedAt;
    versions['suite'] = suite.version;
    if (catalogue !== undefined) versions['catalogue'] = catalogue.version;
    Object.assign(files, await reportContents(directory, folderFor(directory, index, directories.length)));
  }
  const configuration = config === undefined ? undefined : await loadConfig({ file: config });
  const archive = bundle({
    files,
    ...(configuration === undefined ? {} : { configuration }),
    versions,
    createdAt,
  });
  await writeFile(output, archive);
  terminal.out(`Written: ${output} (${Object.keys(files).length} files, ${archive.length} bytes)`);
  return 0;
}

function folderFor(directory: string, index: number, count: number): string {
  return count === 1 ? 'report/' : `${index + 1}-${path.basename(path.resolve(directory))}/`;
}

/** The options of `bgop report verify-bundle`, as commander gives them. */
export interface VerifyBundleOptions {
  readonly extract?: string;
}

/** `bgop report verify-bundle`: 0 when the bundle is whole and unchanged, else 1. */
export async function checkBundle(
  file: string,
  { extract }: VerifyBundleOptions,
  terminal: Terminal,
): Promise<number> {
  const archive = await readFile(file).catch((error: unknown) => {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const { results, problems } = verifyBundle(archive);
  for (const problem of problems) terminal.out(problem);
  if (problems.length > 0) return 1;
  terminal.out(`${file} is whole and unchanged: ${results.join(', ')}`);
  if (extract !== undefined) await extractTo(extract, unpack(archive), terminal);
  return 0;
}

async function extractTo(directory: string, files: Files | string, terminal: Terminal): Promise<void> {
  if (typeof files === 'string') throw new UsageError(files);
  const root = path.resolve(directory);
  for (const [name, bytes] of Object.entries(files)) {
    const target = path.resolve(root, name);
    // An archive may have been made by anybody: nothing of it leaves the directory.
    if (!target.startsWith(`${root}${path.sep}`))
      throw new UsageError(`${name} would be written outside of ${root}.`);
    if (name.endsWith('/')) continue;
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, bytes);
  }
  terminal.out(`Extracted: ${directory}`);
}
