import { Option, type Command } from 'commander';
import { wholeNumberArgument } from '../arguments.ts';
import type { ClientCheckOptions } from '../client-check/client-check.ts';
import type { CommandOutcome } from '../outcome.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `bgop client-check`. */
export function addClientCheck(program: Command, terminal: Terminal, outcome: CommandOutcome): void {
  program
    .command('client-check')
    .description("Runs a client's own tests against the simulator, and judges the client.")
    .argument('[command...]', "the client's tests, after --")
    .option('--report <dir>', 'where the report goes', 'conformance-client')
    .addOption(
      new Option('--clock <kind>', 'real time, or a clock that the tests move')
        .choices(['real', 'virtual'])
        .default('virtual'),
    )
    .option(
      '--freedoms <number>',
      'run the tests against so many legal Dataverses, and name what the client relies on',
      wholeNumberArgument(1, 10_000),
    )
    .option('--faults', 'with documented faults: lost and doubled callbacks, 429, 503, a lost answer')
    .option('--seed <number>', 'of the first of these Dataverses', wholeNumberArgument(0), 1)
    .option('--resume', 'go on with an interrupted search, by what the report folder has of it')
    .option('--timeout <seconds>', 'how long one run of the tests may take', wholeNumberArgument(1), 300)
    .addHelpText(
      'after',
      `
The tests find the simulator by the environment: BGOP_SIMULATOR_URL, BGOP_SIMULATOR_TOKEN,
BGOP_SIMULATOR_CLOCK_URL (POST {"milliseconds": 60000} lets a minute pass), or by the JSON file in
BGOP_SIMULATOR_CONFIG. The clock is virtual: a test that polls once a minute takes no minute.

Examples:
  bgop client-check -- npm test
  bgop client-check --freedoms 50 -- npx vitest run export-job.test.ts
  bgop client-check --freedoms 50 --faults --seed 7 --resume -- node --test

Exit status: 0 the tests pass and no required clause is broken, 1 otherwise, 2 wrong usage.`,
    )
    .action(async (command: string[], options: ClientCheckOptions) => {
      const { checkClient } = await import('../client-check/client-check.ts');
      outcome.status = await checkClient(command, options, terminal);
    });
}
