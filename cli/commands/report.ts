import type { Command } from 'commander';
import { collected } from '../arguments.ts';
import type { Outcome } from '../program.ts';
import type { MergeOptions } from '../report/merge.ts';
import type { RenderOptions } from '../report/render.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `bgop report` with its subcommands. */
export function addReport(program: Command, terminal: Terminal, outcome: Outcome): void {
  const report = program.command('report').description('Works on reports: render, merge.');
  report
    .command('render')
    .description('Makes the page and the JUnit file from a result file again.')
    .argument('<result>', 'conformance.json, or the directory that holds it')
    .option('--report <dir>', 'where to write them (default: beside the result)')
    .addHelpText('after', '\nExample:\n  bgop report render conformance-report')
    .action(async (file: string, options: RenderOptions) => {
      const { renderReport } = await import('../report/render.ts');
      outcome.status = await renderReport(file, options, terminal);
    });
  report
    .command('merge')
    .description('Joins the reports of shards to one, as if the run had not been split.')
    .argument('<dirs...>', 'reports of the shards (--report of each "bgop verify --shard")')
    .option('--report <dir>', 'where the joined report goes', 'conformance-report')
    .option('--strict', 'as with verify')
    .option('--require <section>', 'as with verify; may be repeated', collected, [])
    .addHelpText(
      'after',
      `
Example:
  bgop verify --seed 7 --shard 1/2 --report one     on one machine
  bgop verify --seed 7 --shard 2/2 --report two     on another
  bgop report merge one two --report whole

Exit status: that of verify, for the whole run.`,
    )
    .action(async (directories: string[], options: MergeOptions) => {
      const { mergeReports } = await import('../report/merge.ts');
      outcome.status = await mergeReports(directories, options, terminal);
    });
}
