import path from 'node:path';
import { loadConfig } from '../../harness/config.ts';
import { newRunId } from '../../harness/run-id.ts';
import { runMeta } from '../run-meta.ts';
import { exit, type Terminal } from '../terminal.ts';
import { withTarget } from '../verify/container.ts';
import { examine } from './examine.ts';
import type { Finding } from './finding.ts';
import { findingLines, findingsJson } from './tell.ts';

/** The options of `bgop doctor`, as commander gives them. */
export interface DoctorOptions {
  readonly config?: string;
  readonly target?: string;
  readonly report: string;
  readonly format: 'table' | 'json';
}

/**
 * `bgop doctor`: checks a configuration against its target before a run does.
 *
 * @returns the exit status: 0 all is fine, 1 something is wrong, 3 the target could not be reached
 * @throws ConfigError, UnfinishedError
 */
export async function doctor(options: DoctorOptions, terminal: Terminal): Promise<number> {
  const { config: file, target, report, format } = options;
  const config = await loadConfig({
    ...(file === undefined ? {} : { file }),
    ...(target === undefined ? {} : { target }),
  });
  // What the doctor makes is told from what a run makes by how its id begins.
  const run = { id: `doctor-${newRunId()}`, report: path.resolve(report) };
  return withTarget(config, run, terminal, async (reached) => {
    const findings = await examine(reached, run.id);
    const meta = runMeta(config);
    if (format === 'json') terminal.out(JSON.stringify(findingsJson(findings, meta), null, 2));
    else {
      terminal.out(`${config.target.name} (${config.target.kind}, ${meta.target?.url ?? ''})`);
      for (const line of findingLines(findings)) terminal.out(line);
    }
    return statusOf(findings);
  });
}

/** The first three looks are those that reach the target. */
const reaching: readonly string[] = ['dns', 'tls', 'http'];

function statusOf(findings: readonly Finding[]): number {
  const wrong = findings.filter(({ outcome }) => outcome === 'wrong');
  if (wrong.length === 0) return exit.good;
  return wrong.some(({ id }) => reaching.includes(id)) ? exit.unfinished : exit.broken;
}
