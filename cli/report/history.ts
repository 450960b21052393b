import { stat } from 'node:fs/promises';
import path from 'node:path';
import { writeOutput } from '../../harness/files.ts';
import { readHistory } from '../../reports/history-files.ts';
import { history } from '../../reports/history.ts';
import { renderHistory } from '../../reports/page/history-page.ts';
import { UsageError, type Terminal } from '../terminal.ts';

/** The options of `bgop report history`, as commander gives them. */
export interface HistoryOptions {
  readonly output?: string;
}

/** `bgop report history`: a page from a folder of result files. */
export async function historyReport(
  folder: string,
  options: HistoryOptions,
  terminal: Terminal,
): Promise<number> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true) throw new UsageError(`${folder} is not a folder.`);
  const { entries, skipped } = await readHistory(folder);
  for (const why of skipped) terminal.err(`skipped: ${why}`);
  if (entries.length === 0) throw new UsageError(`${folder} holds no result file.`);
  const output = options.output ?? path.join(folder, 'history.html');
  const targets = history(entries);
  await writeOutput(output, renderHistory(targets));
  for (const { name, runs, broken, flaky } of targets) {
    terminal.out(`${name}: ${runs.length} runs, ${broken.length} clauses broken, ${flaky.length} flaky`);
  }
  terminal.out(`Written: ${output}`);
  return 0;
}
