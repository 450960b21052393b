import { Option, type Command } from 'commander';
import { collected } from '../arguments.ts';
import type { CommandOutcome } from '../outcome.ts';
import type { MergeOptions } from '../report/merge.ts';
import type { RenderOptions } from '../report/render.ts';
import type { Terminal } from '../terminal.ts';
import { addArchives } from './report-archives.ts';
import { addComparisons } from './report-comparisons.ts';
import { addRecover } from './report-recover.ts';

/** Adds `bgop report` with its subcommands. */
export function addReport(program: Command, terminal: Terminal, outcome: CommandOutcome): void {
  const report = program
    .command('report')
    .description('Works on reports: render, merge, recover, compare, history, bundle, verify-bundle.');
  addRender(report, terminal, outcome);
  addMerge(report, terminal, outcome);
  addRecover(report, terminal, outcome);
  addComparisons(report, terminal, outcome);
  addArchives(report, terminal, outcome);
}

function addRender(report: Command, terminal: Terminal, outcome: CommandOutcome): void {
  report
    .command('render')
    .description('Makes the page and the JUnit file from a result file again, or another format.')
    .argument('<result>', 'conformance.json, or the directory that holds it')
    .option('--report <dir>', 'where to write page and JUnit file (default: beside the result)')
    .addOption(
      new Option('--format <format>', 'one other format instead').choices([
        'markdown',
        'sarif',
        'ctrf',
        'badge',
      ]),
    )
    .option('-o, --output <file>', 'where that goes (default: to the terminal)')
    .option('--profile <name>', 'with --format badge: the badge of one profile, e.g. "core + table"')
    .addHelpText(
      'after',
      `
Examples:
  bgop report render conformance-report
  bgop report render conformance-report --format markdown >> "$GITHUB_STEP_SUMMARY"
  bgop report render conformance-report --format sarif -o conformance.sarif`,
    )
    .action(async (source: string, options: RenderOptions) => {
      const { renderReport } = await import('../report/render.ts');
      outcome.status = await renderReport(source, options, terminal);
    });
}

function addMerge(report: Command, terminal: Terminal, outcome: CommandOutcome): void {
  report
    .command('merge')
    .description('Joins the reports of shards to one, as if the run had not been split.')
    .argument('<dirs...>', 'reports of the shards (--report of each "bgop verify --shard")')
    .option('--report <dir>', 'where the joined report goes', 'conformance-report')
    .option('--strict', 'as with verify')
    .option('--require <name>', 'as with verify; may be repeated', collected, [])
    .addHelpText(
      'after',
      `
Example:
  bgop verify --shard 1/2 --report one     on one machine
  bgop verify --shard 2/2 --report two     on another, with the same --seed if one is given
  bgop report merge one two --report whole

Exit status: that of verify, for the whole run.`,
    )
    .action(async (directories: string[], options: MergeOptions) => {
      const { mergeReports } = await import('../report/merge.ts');
      outcome.status = await mergeReports(directories, options, terminal);
    });
}
