import { lstat, stat } from 'node:fs/promises';
import path from 'node:path';
import { readText, replaceFile, writeOutput } from '../../harness/files.ts';
import { readHistory } from '../../reports/history-files.ts';
import { history } from '../../reports/history.ts';
import { historyTitle, renderHistory } from '../../reports/page/history-page.ts';
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
  const page = renderHistory(targets);
  if (options.output === undefined) await replaceOwnPage(output, page);
  else await writeOutput(output, page);
  for (const { name, runs, broken, flaky } of targets) {
    terminal.out(`${name}: ${runs.length} runs, ${broken.length} clauses broken, ${flaky.length} flaky`);
  }
  terminal.out(`Written: ${output}`);
  return 0;
}

/**
 * Writes the page to the place that nobody named: over an earlier page only, and never to where a link leads, since
 * the folder may come from elsewhere.
 */
async function replaceOwnPage(file: string, page: string): Promise<void> {
  const found = await lstat(file).catch(() => undefined);
  const own = found?.isFile() === true && (await readText(file, { links: false })).includes(historyTitle);
  if (found !== undefined && !own) {
    throw new UsageError(
      `${file} is there already, and it is not a page of this command: it stays as it is. Name another file with --output.`,
    );
  }
  await replaceFile(file, page);
}
