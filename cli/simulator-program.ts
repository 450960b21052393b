import type { Command } from 'commander';
import { baseProgram } from './base-program.ts';
import { defineSimulate } from './commands/simulate.ts';
import type { CommandOutcome } from './outcome.ts';
import type { Terminal } from './terminal.ts';

/** The command of the package `background-operations-simulator`: `bgop simulate` without the suite. */
export function createSimulatorProgram(terminal: Terminal, outcome: CommandOutcome): Command {
  const program = baseProgram('bgop-simulator', terminal);
  defineSimulate(program, 'bgop-simulator', terminal, outcome);
  return program;
}
