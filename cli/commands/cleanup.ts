import { Option, type Command } from 'commander';
import type { CleanupOptions } from '../cleanup/cleanup.ts';
import type { CommandOutcome } from '../outcome.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `bgop cleanup`. */
export function addCleanup(program: Command, terminal: Terminal, outcome: CommandOutcome): void {
  program
    .command('cleanup')
    .description(
      'Removes what a killed run left: registrations and operations in a target, or its container.',
    )
    .option('--config <file>', 'configuration, as with verify')
    .option('--target <url>', 'the address of a target')
    .option('--run <id>', 'the run, as verify printed it ("run 1a2b3c4d"); also in conformance.json')
    .option('--all', 'every run, also one that is at work now')
    .option('--dry-run', 'look only')
    .addOption(new Option('--format <format>', 'how to print it').choices(['table', 'json']).default('table'))
    .addHelpText(
      'after',
      `
A run takes away what it made when it ends, also when it is interrupted. One that was killed
cannot. What it made carries its id: webhooks and steps in their names, operations in the address
that they were given. Without --run or --all nothing is removed, only listed. Operations that have
not ended are canceled; the rows of those that have stay until the target's own time to live.

With a target of the kind "container" it looks on the container engine instead: for containers of
runs, of whatever image, by a label that only bgop gives them. They are removed with their volumes.

Examples:
  bgop cleanup --config contoso.json                       which runs left what
  bgop cleanup --config contoso.json --run 1a2b3c4d
  bgop cleanup --target http://127.0.0.1:8080 --all --dry-run
  bgop cleanup --config container.json --run build-4711

Exit status: 0 done, or nothing to do; 1 something could not be listed or removed; 2 wrong usage or
configuration; 3 the target or the container engine could not be reached.`,
    )
    .action(async (options: CleanupOptions) => {
      const { cleanup } = await import('../cleanup/cleanup.ts');
      outcome.status = await cleanup(options, terminal);
    });
}
