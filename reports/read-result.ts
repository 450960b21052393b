import { withCauses } from './earlier-results.ts';
import { problemText, resultProblems } from '../record/result-problems.ts';
import { schemaVersion, type Result } from '../record/result.ts';

/** A file that is no result, or one of a format that this version cannot read. */
export class ResultFormatError extends Error {
  override readonly name = 'ResultFormatError';
}

/**
 * Reads the text of a result file. Files of every version up to the present one can be read.
 *
 * @param name of the file, for the error
 * @throws ResultFormatError with what is wrong, in one sentence
 */
export function readResult(text: string, name = 'the file'): Result {
  const value = parse(text, name);
  const version = value['schemaVersion'];
  if (typeof version !== 'number') {
    throw new ResultFormatError(`${name} is not a result of this suite: it has no schemaVersion.`);
  }
  if (version > schemaVersion) {
    throw new ResultFormatError(
      `${name} was written by a newer version of the suite (format ${version}, this one reads up to ${schemaVersion}).`,
    );
  }
  const [problem] = resultProblems(value);
  if (problem !== undefined)
    throw new ResultFormatError(`${name} is not a result of this suite: ${problemText(problem)}.`);
  return withCauses(value as unknown as Result);
}

function parse(text: string, name: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Falls through: a file that is no JSON is no result either.
  }
  throw new ResultFormatError(`${name} is not a result of this suite: it holds no JSON object.`);
}
