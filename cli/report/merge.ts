import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Strictness } from '../../record/run-meta.ts';
import { writeRunPlan } from '../../record/run-plan.ts';
import { exitStatus } from '../../reports/gate.ts';
import { reportFiles } from '../../reports/write.ts';
import { codeRoot, moduleExtension } from '../package.ts';
import { withReportFolder } from '../report-lock/with-report-folder.ts';
import { makeTemporary } from '../temporary.ts';
import { UnfinishedError, UsageError, type Terminal } from '../terminal.ts';
import { blobFolder, resultIn } from '../verify/report-directory.ts';
import { endProcess, takeSignals } from '../verify/signals.ts';
import { checkRequired } from '../verify/required.ts';
import { givenShards, type GivenShards } from '../verify/shards.ts';
import { removeStaleReport } from '../verify/stale-report.ts';
import { summaryLines } from '../verify/summary.ts';

import { differsFrom, partsIn, type ReportPart } from './parts.ts';

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
  checkRequired(options.require);
  const strictness = { strict: options.strict ?? false, require: options.require };
  const report = path.resolve(options.report);
  const gathered = makeTemporary('bgop-merge-');
  // A signal ends the process in order, so that the folders are let go.
  const signals = takeSignals(endProcess);
  try {
    const shards = await gather(directories, gathered.path);
    return await withReportFolder(report, () => join(gathered.path, report, shards, strictness, terminal));
  } finally {
    signals.release();
    gathered.remove();
  }
}

async function join(
  gathered: string,
  report: string,
  shards: Gathered,
  strictness: Strictness,
  terminal: Terminal,
): Promise<number> {
  await removeStaleReport(report);
  const told = await replay(gathered, report, shards, strictness);
  const result = await resultIn(report);
  if (result === undefined) throw new UnfinishedError(`the shards could not be joined. ${told}`);
  const gate = exitStatus(result, strictness);
  for (const line of summaryLines(result, gate)) terminal.out(line);
  terminal.out('');
  terminal.out(`Report: ${path.relative('.', path.join(report, reportFiles.page))}`);
  return gate.status;
}

/** The shards that were given. */
interface Gathered {
  readonly shards: GivenShards | undefined;
  /** Folders with the journals of those that were killed. */
  readonly killed: readonly string[];
}

/**
 * Copies the blobs of all shards into one folder below `into`, as Playwright wants them; tells which shards they are.
 *
 * @throws UsageError that names every input which cannot be taken, with why
 */
async function gather(directories: readonly string[], into: string): Promise<Gathered> {
  const parts: ReportPart[] = [];
  const refused: string[] = [];
  for (const directory of directories) {
    try {
      const found = await partsIn(directory);
      const differs = found
        .flatMap((part) => [...parts, ...found].map((other) => differsFrom(other, part)))
        .find((why) => why !== undefined);
      if (differs !== undefined) throw new Error(differs);
      parts.push(...found);
    } catch (error) {
      refused.push(`${directory} ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (refused.length > 0) throw new UsageError(`nothing was joined.\n  ${refused.join('\n  ')}`);
  const killed = parts.filter(({ bytes }) => bytes === undefined).map(({ file }) => path.resolve(file));
  if (killed.length === parts.length)
    throw new UsageError(
      `nothing was joined: each shard that was given was killed before its end. Run one of them again, or make a report of each by "bgop report recover".`,
    );
  await mkdir(path.join(into, blobFolder));
  for (const [index, { bytes }] of parts.entries())
    if (bytes !== undefined) await writeFile(path.join(into, blobFolder, `${index + 1}.zip`), bytes);
  return { shards: givenShards(parts.map(({ name }) => name)), killed };
}

/** Resolves with what the runner printed. */
function replay(
  folder: string,
  report: string,
  { shards, killed }: Gathered,
  strictness: Strictness,
): Promise<string> {
  const playwright = path.join(
    path.dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')),
    'cli.js',
  );
  const config = path.join(codeRoot, `merge.config${moduleExtension}`);
  // What the run was is told by its parts.
  const plan = writeRunPlan(folder, {
    kind: 'merge',
    report,
    strictness,
    killed,
    ...(shards === undefined || shards.missing.length === 0
      ? {}
      : {
          partial: {
            given: `${shards.given.join('+')}/${shards.of}`,
            missing: `${shards.missing.join(', ')} of ${shards.of}`,
          },
        }),
  });
  const blobs = path.join(folder, blobFolder);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [playwright, 'merge-reports', '-c', config, blobs], {
      env: { ...process.env, ...plan },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const end = (): void => void child.kill('SIGKILL');
    process.once('exit', end);
    let told = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        told += text;
      });
    }
    child.once('error', reject);
    child.once('close', () => {
      process.off('exit', end);
      resolve(told.trim());
    });
  });
}
