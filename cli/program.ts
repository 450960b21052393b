import type { Command } from 'commander';
import { baseProgram } from './base-program.ts';
import { addClauses } from './commands/clauses.ts';
import { addClientCheck } from './commands/client-check.ts';
import { addCleanup } from './commands/cleanup.ts';
import { addDoctor } from './commands/doctor.ts';
import { addInit } from './commands/init.ts';
import { addProbe } from './commands/probe.ts';
import { addProxy } from './commands/proxy.ts';
import { addReport } from './commands/report.ts';
import { addReplay } from './commands/replay.ts';
import { addSelfTest } from './commands/self-test.ts';
import { addSimulate } from './commands/simulate.ts';
import { addTraffic } from './commands/traffic.ts';
import { addVerify } from './commands/verify.ts';
import type { CommandOutcome } from './outcome.ts';
import type { Terminal } from './terminal.ts';

/** All commands of `bgop`. Each loads its code only when it is called. */
export function createProgram(terminal: Terminal, outcome: CommandOutcome): Command {
  const program = baseProgram('bgop', terminal);
  program
    .description('Checks whether a target keeps the contract of Dataverse background operations.')
    .addHelpText(
      'after',
      `
Examples:
  bgop init                                     writes a configuration
  bgop doctor                                   is the target ready for a run?
  bgop verify                                   the built-in simulator, embedded
  bgop verify --target http://127.0.0.1:8080    any implementation that speaks HTTP
  bgop verify --config contoso.json --strict    what a configuration describes
  bgop simulate --port 8080                     a Dataverse to develop a client against
  bgop clauses explain cancel.terminal-message  what a clause means, and where it stands
  bgop traffic contoso.har                      who is right, client or target?

Exit status of verify: 0 every judged MUST holds, 1 one is broken, 2 wrong usage or configuration,
3 the target could not be reached or the run not be finished. "bgop COMMAND --help" tells more.`,
    );
  for (const add of [
    addInit,
    addDoctor,
    addVerify,
    addReplay,
    addSimulate,
    addClauses,
    addReport,
    addSelfTest,
    addCleanup,
    addProbe,
    addTraffic,
    addClientCheck,
    addProxy,
  ])
    add(program, terminal, outcome);
  return program;
}
