import { runProgram } from './run-program.ts';
import { createSimulatorProgram } from './simulator-program.ts';
import type { Sink } from './terminal.ts';

/** Runs `bgop-simulator` with these arguments (without node and script); see {@link runProgram}. */
export function simulatorMain(argv: readonly string[], sink?: Sink): Promise<number> {
  return runProgram({ name: 'bgop-simulator', create: createSimulatorProgram }, argv, sink);
}
