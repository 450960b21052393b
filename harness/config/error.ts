/** What a {@link ConfigError} tells: one wrong key of the configuration. */
export interface ConfigProblem {
  /** Path of the key, e.g. `target.clock.kind`; empty for the file as a whole. */
  readonly key: string;
  /** What stands there, in words, e.g. `"virtul"` or `nothing`. */
  readonly found: string;
  /** What is wanted there, e.g. `"real" or "virtual"`. */
  readonly wanted: string;
  /** What the user can do about it, one sentence. */
  readonly wayOut?: string;
}

/** The configuration cannot be used. The message has one line a problem and is fit to be printed as it is. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** Every problem found, at least one. */
  readonly problems: readonly ConfigProblem[];
  /** Where the configuration came from: a path, or words such as "the command line". */
  readonly origin: string;

  constructor(origin: string, problems: readonly ConfigProblem[]) {
    super(problems.map((problem) => describe(origin, problem)).join('\n'));
    this.problems = problems;
    this.origin = origin;
  }
}

function describe(origin: string, { key, found, wanted, wayOut }: ConfigProblem): string {
  const subject = key === '' ? origin : `${origin}: ${key}`;
  const hint = wayOut === undefined ? '' : ` ${wayOut}`;
  if (found === 'nothing' && key !== '') {
    const say = /^(?:why|who|what|how) /.test(wanted) ? `say ${wanted}` : `expected ${wanted}`;
    return `${origin}: Missing "${key}": ${say}.${hint}`;
  }
  return `${subject}: found ${found}, expected ${wanted}.${hint}`;
}
