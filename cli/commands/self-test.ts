import type { Command } from 'commander';
import { collected, wholeNumberArgument } from '../arguments.ts';
import type { CommandOutcome } from '../outcome.ts';
import type { SelfTestCommandOptions } from '../self-test.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `bgop self-test`. */
export function addSelfTest(program: Command, terminal: Terminal, outcome: CommandOutcome): void {
  program
    .command('self-test')
    .description('Proves the suite: runs it against simulators that each break one clause.')
    .option('--only <name>', 'deviations whose name begins so; may be repeated', collected, [])
    .option(
      '--threads <number>',
      'parallel threads (default: one more than the cores)',
      wholeNumberArgument(1, 64),
    )
    .option('--runs <number>', 'cases a property', wholeNumberArgument(1))
    .option('--seed <number>', 'seed of the property-based checks', wholeNumberArgument(0))
    .option('--matrix <file>', 'write the kill matrix (JSON)')
    .option('--report <folder>', 'write the kill matrix as a page, and as JSON beside it')
    .option(
      '--freedoms <number>',
      'instead: so many simulators that are right in different ways',
      wholeNumberArgument(1),
    )
    .option(
      '--all-checks',
      'run in each trial also the checks in which the deviation decides as the contract does (slow)',
    )
    .option('--strict', 'fail on undeclared failures, unproven clauses and unlisted side effects too')
    .option('--update', 'keep what is proven for the reports of this version')
    .addHelpText(
      'after',
      `
Examples:
  bgop self-test
  bgop self-test --report kill-matrix
  bgop self-test --only cancel --matrix matrix.json
  bgop self-test --freedoms 200

Exit status: 0 every deviation is caught by its clause, and no clause that holds is called broken;
1 otherwise.`,
    )
    .action(async (options: SelfTestCommandOptions) => {
      const { selfTestCommand } = await import('../self-test.ts');
      outcome.status = await selfTestCommand(options, terminal);
    });
}
