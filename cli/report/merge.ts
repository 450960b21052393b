import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exitStatus } from '../../reports/completeness.ts';
import { reportFiles } from '../../reports/write.ts';
import { codeRoot, moduleExtension } from '../package.ts';
import { UnfinishedError, UsageError, type Terminal } from '../terminal.ts';
import { blobFolder, readResult } from '../verify/report-directory.ts';
import { checkSections } from '../verify/selection.ts';
import { givenShards, type GivenShards } from '../verify/shards.ts';
import { removeStaleReport } from '../verify/stale-report.ts';
import { summaryLines } from '../verify/summary.ts';

/** The options of `bgop report merge`, as commander gives them. */
export interface MergeOptions {
  readonly report: string;
  readonly strict?: boolean;
  readonly require: readonly string[];
}

/**
 * `bgop report merge`: what the shards left is played to the same reporter once more, so that the
 * verdicts are derived from the raw outcomes of the whole run.
 */
export async function mergeReports(
  directories: readonly string[],
  options: MergeOptions,
  terminal: Terminal,
): Promise<number> {
  checkSections(options.require);
  const report = path.resolve(options.report);
  const gathered = await mkdtemp(path.join(tmpdir(), 'bgop-merge-'));
  try {
    const shards = await gather(directories, gathered);
    await removeStaleReport(report);
    const told = await replay(gathered, report, shards);
    const result = await readResult(report);
    if (result === undefined) throw new UnfinishedError(`the shards could not be joined. ${told}`);
    for (const line of summaryLines(result)) terminal.out(line);
    terminal.out('');
    terminal.out(`Report: ${path.relative('.', path.join(report, reportFiles.page))}`);
    return exitStatus(result, { strict: options.strict ?? false, require: options.require });
  } finally {
    await rm(gathered, { recursive: true, force: true });
  }
}

/** Copies the blobs of all shards into one folder, as Playwright wants them; tells which shards they are. */
async function gather(directories: readonly string[], into: string): Promise<GivenShards | undefined> {
  const names: string[] = [];
  for (const directory of directories) {
    const blobs = await blobsIn(directory);
    if (blobs.length === 0) {
      throw new UsageError(
        `${directory} holds no part of a run. Wanted the report of "bgop verify --shard I/N --report DIR".`,
      );
    }
    for (const blob of blobs) {
      names.push(path.basename(blob));
      await copyFile(blob, path.join(into, `${names.length}.zip`));
    }
  }
  return givenShards(names);
}

async function blobsIn(directory: string): Promise<string[]> {
  for (const folder of [path.join(directory, blobFolder), directory]) {
    const names = await readdir(folder).catch(() => []);
    const blobs = names.filter((name) => name.endsWith('.zip')).map((name) => path.join(folder, name));
    if (blobs.length > 0) return blobs.sort();
  }
  return [];
}

/** Resolves with what the runner printed. */
function replay(blobs: string, report: string, shards: GivenShards | undefined): Promise<string> {
  const playwright = path.join(
    path.dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')),
    'cli.js',
  );
  const config = path.join(codeRoot, `merge.config${moduleExtension}`);
  const environment: NodeJS.ProcessEnv = { ...process.env, BGOP_REPORT_DIR: report };
  if (shards !== undefined && shards.missing.length > 0) {
    environment['BGOP_SHARDS'] = `${shards.given.join('+')}/${shards.of}`;
    environment['BGOP_SHARDS_MISSING'] = `${shards.missing.join(', ')} of ${shards.of}`;
  }
  // What a run was is told by its blobs, not by this process.
  delete environment['BGOP_RUN'];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [playwright, 'merge-reports', '-c', config, blobs], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let told = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        told += text;
      });
    }
    child.once('error', reject);
    child.once('close', () => {
      resolve(told.trim());
    });
  });
}
