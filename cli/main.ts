import { CommanderError } from 'commander';
import { createProgram } from './program.ts';
import {
  exit,
  guarded,
  processSink,
  UnfinishedError,
  UsageError,
  type Sink,
  type Terminal,
} from './terminal.ts';

/**
 * Runs `bgop` with these arguments (without node and script). Never throws; resolves with the exit
 * status, after one clear message where something went wrong.
 */
export async function main(argv: readonly string[], sink: Sink = processSink): Promise<number> {
  const outcome = { status: exit.good as number };
  const terminal = guarded(sink);
  try {
    await createProgram(terminal, outcome).parseAsync([...argv], { from: 'user' });
    return outcome.status;
  } catch (error) {
    return explain(error, terminal);
  }
}

/** Errors are told apart by name, so that no command loads what only another one throws. */
function explain(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exit.good : exit.usage;
  if (!(error instanceof Error)) {
    terminal.err(`bgop: ${String(error)}`);
    return exit.unfinished;
  }
  if (
    error instanceof UsageError ||
    error.name === 'ConfigError' ||
    error.name === 'FileError' ||
    error.name === 'ReportNotWritten' ||
    error.name === 'MissingSecret'
  ) {
    terminal.err(`bgop: ${error.message}`);
    return exit.usage;
  }
  if (error instanceof UnfinishedError) {
    terminal.err(`bgop: ${error.message}`);
    return exit.unfinished;
  }
  terminal.err(`bgop: a fault of the suite itself, please report it.\n${error.stack ?? error.message}`);
  return exit.unfinished;
}
