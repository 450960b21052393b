import { Option, type Command } from 'commander';
import type { ClausesOptions } from '../clauses.ts';
import type { CommandOutcome } from '../outcome.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `bgop clauses` and `bgop clauses explain`. */
export function addClauses(program: Command, terminal: Terminal, outcome: CommandOutcome): void {
  const command = program
    .command('clauses')
    .description('Lists the clauses that the suite knows.')
    .addOption(
      new Option('--format <format>', 'how to print them')
        .choices(['table', 'json', 'markdown'])
        .default('table'),
    )
    .addOption(new Option('--level <level>', 'only this level').choices(['MUST', 'SHOULD', 'MAY']))
    .option('--section <section>', 'only this section')
    .option('--client', 'those that bind a client, which "bgop client-check" and "bgop traffic" judge')
    .addHelpText(
      'after',
      `
Examples:
  bgop clauses --section cancel
  bgop clauses --level MUST --format json
  bgop clauses --client --section client-poll
  bgop clauses explain submit.location`,
    )
    .action(async (options: ClausesOptions) => {
      const { listClauses } = await import('../clauses.ts');
      outcome.status = listClauses(options, terminal);
    });
  command
    .command('explain')
    .description('Explains one clause: what it demands, level, basis, needs, source.')
    .argument('<id>', 'id of the clause, e.g. cancel.terminal-message')
    .addHelpText('after', '\nExample:\n  bgop clauses explain cancel.terminal-message')
    .action(async (id: string) => {
      const { explainClause } = await import('../clauses.ts');
      outcome.status = explainClause(id, terminal);
    });
}
