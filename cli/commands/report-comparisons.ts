import { Option, type Command } from 'commander';
import type { CommandOutcome } from '../outcome.ts';
import type { CompareOptions } from '../report/compare.ts';
import type { HistoryOptions } from '../report/history.ts';
import { UsageError, type Terminal } from '../terminal.ts';

/** Adds `bgop report compare` and `bgop report history`. */
export function addComparisons(report: Command, terminal: Terminal, outcome: CommandOutcome): void {
  report
    .command('compare')
    .description('Compares results: one target on several days, or several targets.')
    .argument('<results...>', 'two or more result files or reports, oldest first')
    .addOption(
      new Option('--format <format>', 'how to tell it')
        .choices(['text', 'page', 'json', 'markdown'])
        .default('text'),
    )
    .option('--strict', 'fail when a MUST that was decided in the first result is not decided in the last')
    .option('-o, --output <file>', 'where it goes (default: to the terminal)')
    .addHelpText(
      'after',
      `
Examples:
  bgop report compare yesterday today                        a gate for "no new failures"
  bgop report compare yesterday today --strict               … and for "nothing less was tested"
  bgop report compare ours theirs --format page -o matrix.html

Exit status: 0 no required clause is newly broken, 1 one is (or, with --strict, is no longer decided),
3 the last run is incomplete.`,
    )
    .action(async (sources: string[], options: CompareOptions) => {
      if (sources.length < 2) throw new UsageError('compare needs two results or more.');
      const { compareReports } = await import('../report/compare.ts');
      outcome.status = await compareReports(sources, options, terminal);
    });
  report
    .command('history')
    .description('Makes a page of trends, flaky clauses and first failures from a folder of results.')
    .argument('<dir>', 'folder with result files, at any depth')
    .option('-o, --output <file>', 'where the page goes (default: history.html in the folder)')
    .addHelpText('after', '\nExample:\n  bgop report history nightly')
    .action(async (folder: string, options: HistoryOptions) => {
      const { historyReport } = await import('../report/history.ts');
      outcome.status = await historyReport(folder, options, terminal);
    });
}
