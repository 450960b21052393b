import { statSync } from 'node:fs';
import path from 'node:path';
import { exitStatus } from '../../reports/gate.ts';
import { journalFile, readJournal, removeJournal } from '../../reports/journal.ts';
import { reportFiles, writeReport } from '../../reports/write.ts';
import { exit, UsageError, type Terminal } from '../terminal.ts';
import { withReportFolder } from '../report-lock/with-report-folder.ts';
import { resultOfKilled } from '../verify/settle.ts';
import { summaryLines } from '../verify/summary.ts';

/** The options of `bgop report recover`, as commander gives them. */
export interface RecoverOptions {
  readonly strict?: boolean;
}

/**
 * `bgop report recover`: makes the report of a run that was killed, from the journal that it left.
 *
 * @returns the exit status that the run would have had: 1 when something is broken, else 3
 * @throws UsageError where there is no journal, or where the run is at work
 */
export async function recoverReport(
  directory: string,
  options: RecoverOptions,
  terminal: Terminal,
): Promise<number> {
  if (readJournal(directory) === undefined) throw new UsageError(await whyNot(directory));
  return withReportFolder(directory, async () => {
    const run = readJournal(directory);
    if (run === undefined) throw new UsageError(await whyNot(directory));
    const lastWord = statSync(path.join(directory, journalFile)).mtimeMs;
    const result = resultOfKilled(run, lastWord - Date.parse(run.startedAt));
    await writeReport(directory, result, { evidence: run.meta.evidence ?? false });
    removeJournal(directory);
    const gate = exitStatus(result, options);
    for (const line of summaryLines(result, gate)) terminal.out(line);
    terminal.out('');
    terminal.out(`Report: ${path.join(directory, reportFiles.page)}`);
    return gate.status || exit.unfinished;
  });
}

async function whyNot(directory: string): Promise<string> {
  const { resultIn } = await import('../verify/report-directory.ts');
  return (await resultIn(directory)) === undefined
    ? `${directory} has no ${journalFile} that can be read. Wanted the report folder of a run that was killed.`
    : `${directory} has no ${journalFile}: its run came to an end, and its report is there (${reportFiles.page}).`;
}
