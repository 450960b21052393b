import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../harness/file-problem.ts';
import { replaceFile, requireOutput, writeOutput } from '../harness/files.ts';
import { provenText } from '../selftest/catalogue-files.ts';
import { complaints, type KillMatrix } from '../selftest/matrix.ts';
import { isKillMatrixPage, renderKillMatrix } from '../selftest/matrix-page.ts';
import { didYouMean } from '../harness/config/suggest.ts';
import { listDeviations } from '../simulator/deviations.ts';
import { tryFreedoms } from '../selftest/freedoms.ts';
import { sideEffects } from '../selftest/side-effects.ts';
import { selfTest } from '../selftest/selftest.ts';
import { withReportFolder } from './report-lock/with-report-folder.ts';
import { suiteIdentity } from './package.ts';
import { UsageError, type Terminal } from './terminal.ts';
import { provenFile } from './verify/proven.ts';
import { splitPatterns } from './verify/selection.ts';

/** The options of `bgop self-test`, as commander gives them. */
export interface SelfTestCommandOptions {
  readonly only: readonly string[];
  readonly threads?: number;
  readonly runs?: number;
  readonly seed?: number;
  /** File for the matrix as JSON. */
  readonly matrix?: string;
  /** Folder for the matrix as a page, and as JSON beside it. */
  readonly report?: string;
  readonly update?: boolean;
  /** Fails on what is unexplained too. */
  readonly strict?: boolean;
  readonly freedoms?: number;
  readonly allChecks?: boolean;
}

/** `bgop self-test`: 0 when every deviation is caught by its clause and nothing else is called broken. */
export async function selfTestCommand(options: SelfTestCommandOptions, terminal: Terminal): Promise<number> {
  const only = await knownBeginnings(options.only);
  if (options.update === true && only.length > 0)
    throw new UsageError('--update needs a whole self-test, without --only.');
  const told = progressLine(terminal);
  if (options.freedoms !== undefined) return freedoms(options.freedoms, options, told, terminal);
  return into(options, () => wholeSelfTest(options, only, told, terminal));
}

/** Refuses at once what the matrix could not be written to: a self-test takes minutes. */
async function into(
  { report, matrix }: SelfTestCommandOptions,
  body: () => Promise<number>,
): Promise<number> {
  if (matrix !== undefined) await requireOutput(matrix);
  if (report === undefined) return body();
  return withReportFolder(report, async () => {
    const page = path.join(report, 'index.html');
    const there = await readFile(page, 'utf8').catch((error: unknown) => {
      return codeOf(error) === 'ENOENT' ? undefined : '';
    });
    if (there !== undefined && !isKillMatrixPage(there))
      throw new UsageError(
        `--report ${report}: ${page} is not a kill matrix and would be lost. Name another folder.`,
      );
    return body();
  });
}

async function wholeSelfTest(
  options: SelfTestCommandOptions,
  only: readonly string[],
  told: ProgressLine,
  terminal: Terminal,
): Promise<number> {
  const { threads, runs, seed, allChecks } = options;
  const { name, version } = suiteIdentity();
  const matrix = await selfTest({
    suite: `${name} ${version}`,
    ...(only.length === 0 ? {} : { only }),
    ...(threads === undefined ? {} : { threads }),
    ...(runs === undefined ? {} : { runs }),
    ...(seed === undefined ? {} : { seed }),
    ...(allChecks === undefined ? {} : { allChecks }),
    progress: told.show,
  });
  told.wipe();
  await write(matrix, options);
  if (options.update === true) await writeOutput(provenFile, provenText(matrix.proven));
  const { faults, unexplained } = complaints(matrix);
  const open = unexplained.filter((one) => only.length === 0 || !one.includes('is unproven'));
  for (const line of [...faults, ...open]) terminal.out(line);
  for (const { name, undecided, mostly } of sideEffects(matrix.trials))
    terminal.out(`${name} leaves ${undecided} other clauses undecided, mostly by: ${mostly}`);
  terminal.out(lastLine(matrix, only.length > 0, faults.length, open.length));
  return faults.length > 0 || (options.strict === true && open.length > 0) ? 1 : 0;
}

/** Tells how it ended. A part of the self-test proves nothing about the clauses that it left out. */
function lastLine(matrix: KillMatrix, part: boolean, faults: number, open: number): string {
  const seconds = `${(matrix.durationMs / 1000).toFixed(1)} s`;
  const caught = `${matrix.killed} of ${matrix.deviations} deviations caught`;
  const wrong = `${faults} faults, ${open} unexplained, ${seconds}.`;
  if (!part) return `${caught}, ${matrix.unproven.length} MUST clauses unproven, ${wrong}`;
  if (faults + open > 0) return `${caught}, ${wrong}`;
  const proven = Object.keys(matrix.proven);
  return `Proven: ${proven.join(', ')}. ${caught}, and no other clause failed that holds. ${seconds}.`;
}

/** The beginnings of names, also separated by commas. Each has to be that of a deviation, else nothing would be tried. */
async function knownBeginnings(given: readonly string[]): Promise<string[]> {
  const only = splitPatterns(given);
  const names = only.length === 0 ? [] : await listDeviations();
  for (const beginning of only) {
    if (names.some((name) => name.startsWith(beginning))) continue;
    const hint = didYouMean(beginning, names) ?? 'See `bgop simulate --list-deviations`.';
    throw new UsageError(`--only: no deviation is called "${beginning}" or begins so. ${hint}`);
  }
  return only;
}

async function write(matrix: KillMatrix, { matrix: file, report }: SelfTestCommandOptions): Promise<void> {
  const text = `${JSON.stringify(matrix, null, 2)}\n`;
  if (file !== undefined) await writeOutput(file, text);
  if (report === undefined) return;
  await replaceFile(path.join(report, 'kill-matrix.json'), text);
  await replaceFile(path.join(report, 'index.html'), renderKillMatrix(matrix));
}

/** Whatever is not passed on a simulator that is right in a different way is a false alarm. */
async function freedoms(
  seeds: number,
  { runs, seed, threads }: SelfTestCommandOptions,
  told: ProgressLine,
  terminal: Terminal,
): Promise<number> {
  const failures = await tryFreedoms({
    seeds,
    ...(runs === undefined ? {} : { runs }),
    ...(seed === undefined ? {} : { first: seed }),
    ...(threads === undefined ? {} : { threads }),
    progress: told.show,
  });
  told.wipe();
  for (const { vary, clause, title, outcome, reason } of failures) {
    terminal.out(`--vary ${vary}: ${clause} was ${outcome}: "${title}": ${reason}`);
  }
  terminal.out(
    `${seeds} simulators that are right in different ways, ${failures.length} checks that did not pass.`,
  );
  return failures.length === 0 ? 0 : 1;
}

interface ProgressLine {
  readonly show: (done: number, total: number) => void;
  readonly wipe: () => void;
}

function progressLine(terminal: Terminal): ProgressLine {
  const live = process.stderr.isTTY;
  return {
    show: (done, total) => {
      if (live) process.stderr.write(`\r\u001b[K${done} of ${total} trials`);
      else if (done % 25 === 0 || done === total) terminal.err(`${done} of ${total} trials`);
    },
    wipe: () => {
      if (live) process.stderr.write('\r\u001b[K');
    },
  };
}
