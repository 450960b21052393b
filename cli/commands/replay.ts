import type { Command } from 'commander';
import { collected } from '../arguments.ts';
import type { CommandOutcome } from '../outcome.ts';
import type { Terminal } from '../terminal.ts';
import { beginVerify } from '../verify/begin.ts';
import type { VerifyOptions } from '../verify/options.ts';

/** The options of `bgop replay`, as commander gives them. */
type ReplayOptions = Pick<VerifyOptions, 'config' | 'target' | 'report' | 'deviate'>;

/** Adds `bgop replay`. */
export function addReplay(program: Command, terminal: Terminal, outcome: CommandOutcome): void {
  program
    .command('replay')
    .description('Repeats one counterexample of a report, on the same target or on another one.')
    .argument('<token>', 'the token that stands beside the counterexample')
    .option('--config <file>', 'configuration, as with verify')
    .option('--target <target>', '"simulator", or the address of a target')
    .option('--report <dir>', 'where the report goes', 'conformance-replay')
    .option('--deviate <name>', 'make the embedded simulator break a clause; may be repeated', collected, [])
    .addHelpText(
      'after',
      `
Examples:
  bgop replay bgop1.WyJ0ZX…
  bgop replay bgop1.WyJ0ZX… --target http://127.0.0.1:8080

Exit status: as with verify; 0 means that the case holds now.`,
    )
    .action(async (token: string, options: ReplayOptions) => {
      outcome.status = await beginVerify(
        { ...options, only: [], require: [], format: [], replay: token, evidence: true },
        terminal,
      );
    });
}
