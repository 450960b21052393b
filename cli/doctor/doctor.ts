import path from 'node:path';
import { loadConfig, type Config } from '../../harness/config.ts';
import { newRunId } from '../../harness/run-id.ts';
import { runMeta } from '../run-meta.ts';
import { exit, NotReadyError, type Terminal } from '../terminal.ts';
import { withTarget } from '../verify/container.ts';
import { waitUntilReady } from '../verify/readiness.ts';
import { examine } from './examine.ts';
import type { DoctorFinding } from './finding.ts';
import { findingLines, findingsJson } from './text.ts';

/** The options of `bgop doctor`, as commander gives them. */
export interface DoctorOptions {
  readonly config?: string;
  readonly target?: string;
  readonly report: string;
  readonly format: 'table' | 'json';
  /** Seconds. */
  readonly wait?: number;
}

/**
 * `bgop doctor`: checks a configuration against its target before a run does.
 *
 * @returns the exit status: 0 all is fine, 1 something is wrong, 3 the target could not be reached
 * @throws ConfigError, UnfinishedError
 */
export async function doctor(options: DoctorOptions, terminal: Terminal): Promise<number> {
  const { config: file, target, report, format, wait } = options;
  const config = await loadConfig({
    ...(file === undefined ? {} : { file }),
    ...(target === undefined ? {} : { target }),
    ...(wait === undefined ? {} : { overrides: { waitMs: wait * 1_000 } }),
  });
  // What the doctor makes is told from what a run makes by how its id begins.
  const run = { id: `doctor-${newRunId()}`, report: path.resolve(report) };
  return withTarget(config, run, terminal, async (reached) => {
    const findings = await examineWhenReady(reached, run.id, terminal);
    const meta = runMeta(config);
    if (format === 'json') terminal.document(JSON.stringify(findingsJson(findings, meta), null, 2));
    else {
      terminal.out(`${config.target.name} (${config.target.kind}, ${meta.target?.url ?? ''})`);
      for (const line of findingLines(findings)) terminal.out(line);
    }
    return statusOf(findings);
  });
}

/** Examines a target again and again while it is starting, for as long as the options allow. */
async function examineWhenReady(config: Config, run: string, terminal: Terminal): Promise<DoctorFinding[]> {
  let findings: DoctorFinding[] = [];
  const waiting = { waitMs: config.timeouts.waitMs, tell: (line: string) => terminal.err(line) };
  try {
    await waitUntilReady(async () => {
      findings = await examine(config, run);
      const found = findings.find(({ unready }) => unready !== undefined);
      if (found !== undefined) throw new NotReadyError(found.told, found.unready === 'starting');
    }, waiting);
  } catch (error) {
    // What is wrong stands in the findings.
    if (!(error instanceof NotReadyError)) throw error;
  }
  return findings;
}

/** The first three looks are those that reach the target. */
const reaching: readonly string[] = ['dns', 'tls', 'http'];

function statusOf(findings: readonly DoctorFinding[]): number {
  const wrong = findings.filter(({ outcome }) => outcome === 'wrong');
  if (wrong.length === 0) return exit.good;
  return wrong.some(({ id }) => reaching.includes(id)) ? exit.unfinished : exit.broken;
}
