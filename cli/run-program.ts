import { CommanderError, type Command } from 'commander';
import type { CommandOutcome } from './outcome.ts';
import {
  exit,
  guarded,
  processSink,
  UnfinishedError,
  UsageError,
  type Sink,
  type Terminal,
} from './terminal.ts';

/** A program of the command line, see {@link runProgram}. */
export interface ProgramSource {
  /** What its messages begin with. */
  readonly name: string;
  readonly create: (terminal: Terminal, outcome: CommandOutcome) => Command;
}

/**
 * Runs a program with these arguments (without node and script). Never throws; resolves with the exit
 * status, after one clear message where something went wrong.
 */
export async function runProgram(
  { name, create }: ProgramSource,
  argv: readonly string[],
  sink: Sink = processSink,
): Promise<number> {
  const outcome = { status: exit.good as number };
  const terminal = guarded(sink);
  try {
    await create(terminal, outcome).parseAsync([...argv], { from: 'user' });
    return outcome.status;
  } catch (error) {
    return explain(name, error, terminal);
  }
}

/** Errors are told apart by name, so that no command loads what only another one throws. */
function explain(name: string, error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exit.good : exit.usage;
  if (!(error instanceof Error)) {
    terminal.err(`${name}: ${String(error)}`);
    return exit.unfinished;
  }
  if (
    error instanceof UsageError ||
    error.name === 'ConfigError' ||
    error.name === 'FileError' ||
    error.name === 'ReportNotWritten' ||
    error.name === 'MissingSecret'
  ) {
    terminal.err(`${name}: ${error.message}`);
    return exit.usage;
  }
  if (error instanceof UnfinishedError) {
    terminal.err(`${name}: ${error.message}`);
    return exit.unfinished;
  }
  terminal.err(`${name}: a fault of the suite itself, please report it.\n${error.stack ?? error.message}`);
  return exit.unfinished;
}
