import { createProgram } from './program.ts';
import { runProgram } from './run-program.ts';
import type { Sink } from './terminal.ts';

/** Runs `bgop` with these arguments (without node and script); see {@link runProgram}. */
export function main(argv: readonly string[], sink?: Sink): Promise<number> {
  return runProgram({ name: 'bgop', create: createProgram }, argv, sink);
}
