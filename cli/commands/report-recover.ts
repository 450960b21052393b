import type { Command } from 'commander';
import type { CommandOutcome } from '../outcome.ts';
import type { RecoverOptions } from '../report/recover.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `bgop report recover`. */
export function addRecover(report: Command, terminal: Terminal, outcome: CommandOutcome): void {
  report
    .command('recover')
    .description('Makes the report of a run that was killed, from the journal that it left.')
    .argument('<dir>', 'the report folder of that run')
    .option('--strict', 'as with verify')
    .addHelpText(
      'after',
      `
A run writes down each result as it falls, in journal.jsonl in its report folder, and removes that file
when the report is written. One that was killed (kill -9, a machine that went down) leaves it.

Example:
  bgop report recover conformance-report

Exit status: 1 when something is broken, else 3, since the run is not whole; 2 there is no journal, or
the run is still at work.`,
    )
    .action(async (directory: string, options: RecoverOptions) => {
      const { recoverReport } = await import('../report/recover.ts');
      outcome.status = await recoverReport(directory, options, terminal);
    });
}
