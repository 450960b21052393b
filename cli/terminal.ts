import { maskText } from '../harness/mask.ts';
import { paragraph, visible } from '../harness/visible.ts';

/** Where text ends up as it is. */
export interface Sink {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/**
 * Where a command writes: its results, and what is about the run itself. Whatever is written may come
 * from a target, so nothing in it moves the cursor, turns the text or is a secret, see {@link guarded}.
 */
export interface Terminal {
  /** A line of the result. */
  readonly out: (line: string) => void;
  /** A line about progress or trouble. */
  readonly err: (line: string) => void;
  /** The result as a text of several lines that begin where they begin: JSON, Markdown, help. */
  readonly document: (text: string) => void;
}

/** A terminal that masks and shows as text whatever a command writes, before it reaches the sink. */
export function guarded({ out, err }: Sink): Terminal {
  return {
    out: (line) => {
      out(paragraph(maskText(line)));
    },
    err: (line) => {
      err(paragraph(maskText(line)));
    },
    document: (text) => {
      out(visible(maskText(text)));
    },
  };
}

/** Lines to standard output and standard error. */
export const processSink: Sink = {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
};

/** The statuses with which `bgop` ends. */
export const exit = {
  /** Everything judged holds. */
  good: 0,
  /** Something is broken. */
  broken: 1,
  /** Wrong usage or configuration. */
  usage: 2,
  /** The target could not be reached, or the run could not be finished. */
  unfinished: 3,
} as const;

/** A command was called wrongly; the message is for the user and says what would be right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The run could not begin or end, and it is not the user's fault; the message says what happened. */
export class UnfinishedError extends Error {
  override readonly name = 'UnfinishedError';
}

/** The target is not ready for a run. */
export class NotReadyError extends UnfinishedError {
  /** Whether that may pass by itself, so that waiting may help. */
  readonly passes: boolean;

  constructor(message: string, passes: boolean) {
    super(message);
    this.passes = passes;
  }
}
