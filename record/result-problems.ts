import { resultSchema } from './result.ts';

/** One place where a value is not what the schema of the result file wants. */
export interface ResultProblem {
  /** The members that lead there, from the outside in. */
  readonly path: readonly string[];
  /** What is wrong there, without a full stop. */
  readonly message: string;
}

/** Lists what keeps a value from being a result, each with its place; nothing for a result. */
export function resultProblems(value: unknown): ResultProblem[] {
  const { error } = resultSchema.safeParse(value);
  return (error?.issues ?? []).map(({ path, message }) => ({ path: path.map(String), message }));
}

/** A problem in one line. */
export function problemText({ path, message }: ResultProblem): string {
  return `${path.length === 0 ? 'the whole' : `/${path.join('/')}`}: ${message}`;
}
