import type { Command } from 'commander';
import { collected, formatList, longestWaitSeconds, shard, wholeNumberArgument } from '../arguments.ts';
import type { CommandOutcome } from '../outcome.ts';
import type { Terminal } from '../terminal.ts';
import { beginVerify } from '../verify/begin.ts';
import type { VerifyOptions } from '../verify/options.ts';

/** Adds `bgop verify`. */
export function addVerify(program: Command, terminal: Terminal, outcome: CommandOutcome): void {
  program
    .command('verify')
    .description('Runs the suite against a target and writes a report.')
    .option('--config <file>', 'configuration (default: bgop.config.json, .ts or .js here, if there is one)')
    .option('--target <target>', '"simulator", or the address of a target')
    .option('--report <dir>', 'where the report goes', 'conformance-report')
    .option('--only <pattern>', 'clause, section or beginning of ids; may be repeated', collected, [])
    .option('--last-failed', 'only the clauses that failed in the report that is there')
    .option('--seed <number>', 'seed of the property-based checks', wholeNumberArgument(0))
    .option('--runs <number>', 'cases a property', wholeNumberArgument(1))
    .option('--slow', 'run checks too that have to wait for minutes on a real clock')
    .option('--max-requests <number>', 'stop after this many requests to the target', wholeNumberArgument(1))
    .option(
      '--wait <seconds>',
      'wait that long for a target that is starting, or away in the midst of a run',
      wholeNumberArgument(0, longestWaitSeconds),
    )
    .option('--workers <number>', 'parallel workers', wholeNumberArgument(1, 64))
    .option('--shard <I/N>', 'run one part of N; join them with "bgop report merge"', shard)
    .option('--strict', 'fail on inconclusive and untested MUST clauses too')
    .option(
      '--require <name>',
      'section: fail when a clause of it stays untested; "profile:core": fail unless it is conformant; may be repeated',
      collected,
      [],
    )
    .option('--format <formats>', 'also write markdown, sarif, ctrf, badge (with commas)', formatList, [])
    .option('--plan', 'only show what a run would do, create and take; the target is not contacted')
    .option('--evidence', 'also keep the evidence of checks that passed')
    .option('--known-deviations <file>', 'list of failures that are known and agreed on')
    .option('--update-known-deviations', 'update that list to match this run, for review')
    .option('--deviate <name>', 'make the embedded simulator break a clause; may be repeated', collected, [])
    .addHelpText(
      'after',
      `
Examples:
  bgop verify
  bgop verify --target http://127.0.0.1:8080 --report out
  bgop verify --only cancel --only retry.count
  bgop verify --config contoso.json --slow --strict
  bgop verify --config contoso.json --require profile:core+table
  bgop verify --config contoso.json --wait 120      the target is still starting
  bgop verify --config contoso.json --plan          what would it do to my target? (--format json)
  bgop verify --seed 42 --runs 1000              repeat a run, search further
  bgop verify --deviate monitor.codes-strings       see how a failure looks

Before anything is judged it looks whether the target is ready: each user is known, the clock moves, the
table can be read, the probe is there and reaches the listener. If not, the run ends with 3 and the way out.

Exit status: 0 every judged MUST holds, 1 one is broken, 2 wrong usage or configuration, 3 the
target could not be reached or the run not be finished.`,
    )
    .action(async (options: VerifyOptions) => {
      outcome.status = await beginVerify(options, terminal);
    });
}
