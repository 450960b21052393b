import type { Evidence } from '../record/evidence.ts';
import type { Result } from '../record/result.ts';
import { problemText, resultProblems, type ResultProblem } from '../record/result-problems.ts';

/** A result that follows its schema, or what still keeps it from that. */
export interface Mended {
  readonly result: Result;
  readonly problem?: string;
}

/** A piece of evidence that still does not fit after as many rounds is kept as a remark. */
const mostRounds = 8;

/**
 * Makes a result follow its schema: what a target said may be a value that the schema refuses, and a
 * verdict is worth more than a date. A member that may be absent is left out, and a remark beside it
 * keeps what it was; a piece of evidence that does not fit becomes a remark as a whole.
 *
 * @param value plain JSON, as it would be written
 */
export function mend(value: Result): Mended {
  const result = wellFormed(value);
  for (let round = 0; round < mostRounds; round += 1) {
    const problems = resultProblems(result);
    if (problems.length === 0) return { result };
    // From the last to the first: a remark that is added moves what stands behind it.
    const places = new Map(problems.map((problem) => [placeOf(problem), problem])).values();
    const mended = [...places].reverse().filter((problem) => mendAt(result, problem, round > 2));
    if (mended.length === 0) return { result, problem: described(problems) };
  }
  return { result, problem: described(resultProblems(result)) };
}

function described([problem]: readonly ResultProblem[]): string {
  return problem === undefined ? 'unknown' : problemText(problem);
}

/** The piece of evidence that a problem is in, else its own place: each is mended once a round. */
function placeOf({ path }: ResultProblem): string {
  const at = path.indexOf('evidence');
  return (at < 0 ? path : path.slice(0, at + 2)).join('/');
}

type Place = Record<string, unknown>;

/** Members of a result, outside of evidence, that may be absent or have a neutral value. */
const neutral: Readonly<Record<string, unknown>> = { durationMs: 0, line: undefined, requests: undefined };

function mendAt(result: Result, { path, message }: ResultProblem, asRemark: boolean): boolean {
  const at = path.indexOf('evidence');
  if (path[0] === 'clauses' && at >= 0 && path[at + 1] !== undefined) {
    const { evidence } = reach(result, path.slice(0, at)) as unknown as { evidence: Evidence[] };
    return mendEvidence(evidence, Number(path[at + 1]), path.slice(at + 2), message, asRemark);
  }
  if (path[0] === 'seen') return delete (result as { seen?: unknown }).seen;
  const last = path.at(-1);
  if (last === undefined || !Object.hasOwn(neutral, last)) return false;
  const holder = reach(result, path.slice(0, -1));
  if (holder === undefined || holder[last] === neutral[last]) return false;
  if (neutral[last] === undefined) Reflect.deleteProperty(holder, last);
  else holder[last] = neutral[last];
  return true;
}

/** Members of evidence without which it can be read as well. */
const optional: ReadonlySet<string> = new Set(['virtualTime', 'operationId', 'curl', 'http', 'token']);

/** Leaves a member out where that is enough, else turns the piece into a remark. */
function mendEvidence(
  evidence: Evidence[],
  index: number,
  path: readonly string[],
  message: string,
  asRemark: boolean,
): boolean {
  const piece: unknown = evidence[index];
  const [member = '', ...deeper] = path;
  if (!asRemark && isPiece(piece) && deeper.length === 0 && optional.has(member) && member in piece) {
    const { [member]: dropped, ...rest } = piece;
    const text = `${member} of the ${String(piece['kind'])} before this remark was ${JSON.stringify(dropped)}, which the schema refuses: ${message}.`;
    evidence.splice(index, 1, rest as unknown as Evidence, { kind: 'remark', text });
    return true;
  }
  const kept = JSON.stringify(piece).slice(0, 16 * 1024);
  evidence[index] = {
    kind: 'remark',
    text: `This piece of evidence does not follow its schema (${[...path, message].join(': ')}): ${kept}`,
  };
  return true;
}

function isPiece(value: unknown): value is Place {
  return typeof value === 'object' && value !== null;
}

function reach(value: unknown, path: readonly string[]): Place | undefined {
  return path.reduce<unknown>((at, name) => (at as Place | undefined)?.[name], value) as Place | undefined;
}

/** A copy in which every text is well-formed Unicode, as other readers of JSON want it. */
function wellFormed<T>(value: T): T {
  if (typeof value === 'string') return value.toWellFormed() as T;
  if (Array.isArray(value)) return value.map(wellFormed) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, wellFormed(each)])) as T;
}
