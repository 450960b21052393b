import { codeOf } from '../../harness/file-problem.ts';
import { FileError, readText } from '../../harness/files.ts';
import { deepest, nestsTooDeep } from '../../harness/json.ts';
import { jsonFault } from '../../harness/json-fault.ts';
import { z } from 'zod';
import { findClause, clauses } from '../../contract/clauses.ts';
import { ConfigError, type ConfigProblem } from '../../harness/config.ts';
import { problemsOf } from '../../harness/config/problems.ts';
import { didYouMean } from '../../harness/config/suggest.ts';
import type { RunMeta } from '../../record/run-meta.ts';

const wanted = {
  date: 'a date such as "2027-01-31"',
  pattern: 'a regular expression that the reason of the failure matches',
};
const words = (error: string) => z.string({ error }).min(1, { error });

const fileSchema = z.array(
  z.strictObject({
    /** Id of the clause. */
    clause: words('the id of a clause'),
    /** Why the target may deviate. */
    reason: words('why the target may deviate'),
    /** Who is to mend it. */
    owner: words('who fixes it'),
    /** The last day on which it counts. */
    expires: z.iso.date({ error: wanted.date }),
    pattern: z.string({ error: wanted.pattern }).refine(isPattern, { error: wanted.pattern }).optional(),
  }),
  { error: 'a list of {"clause", "reason", "owner", "expires", "pattern"?}' },
);

/** One entry of the list. */
export type KnownDeviationEntry = z.output<typeof fileSchema>[number];

/** The list of known deviations as a run takes it. */
export type KnownDeviations = Pick<RunMeta, 'knownDeviations' | 'problems'>;

/**
 * The known deviations of a file, as the reporter wants them; entries that are expired or name no
 * clause become problems, which fail the run and say what to change.
 *
 * @throws ConfigError when the file is missing or malformed, or has two entries for one clause.
 */
export async function knownDeviationsFor(
  file: string | null,
  mayBeAbsent: boolean,
  now = new Date(),
): Promise<KnownDeviations> {
  if (file === null) return {};
  const entries = await readEntries(file, mayBeAbsent);
  const problems: string[] = [];
  const known: Record<string, { reason: string; pattern?: string }> = {};
  for (const entry of entries) {
    const problem = whyInvalid(entry, now);
    if (problem !== undefined) problems.push(`${problem} (${file})`);
    else
      known[entry.clause] = {
        reason: describe(entry),
        ...(entry.pattern === undefined ? {} : { pattern: entry.pattern }),
      };
  }
  return { knownDeviations: known, ...(problems.length === 0 ? {} : { problems }) };
}

/** Whether an entry counts no more. It still counts on the day itself, wherever on earth that day is. */
export function hasExpired({ expires }: KnownDeviationEntry, now: Date): boolean {
  return now.getTime() > Date.parse(expires) + 36 * 3_600_000;
}

function whyInvalid(entry: KnownDeviationEntry, now: Date): string | undefined {
  const { clause, expires } = entry;
  if (findClause(clause) === undefined) {
    const hint =
      didYouMean(
        clause,
        clauses.map(({ id }) => id),
      ) ?? 'Remove the entry.';
    return `The known deviation "${clause}" names no clause. ${hint}`;
  }
  if (hasExpired(entry, now)) {
    return `The known deviation of ${clause} expired on ${expires}. Fix the target, or agree on a new date.`;
  }
  return undefined;
}

function describe({ reason, owner, expires }: KnownDeviationEntry): string {
  return `${reason} (${owner}, until ${expires})`;
}

/** Says where it is; the text may be a file that was named by mistake, and is not repeated. */
function faultOf(text: string): string {
  return nestsTooDeep(text)
    ? `it nests deeper than ${deepest} levels`
    : (jsonFault(text) ?? 'it cannot be read');
}

/**
 * The entries of a file.
 *
 * @throws ConfigError when it is missing or malformed, or has two entries for one clause
 */
export async function readEntries(file: string, mayBeAbsent: boolean): Promise<KnownDeviationEntry[]> {
  let value: unknown;
  let text = '';
  try {
    text = await readText(file);
    value = JSON.parse(text) as unknown;
  } catch (error) {
    const absent = error instanceof FileError && codeOf(error.cause) === 'ENOENT';
    if (absent && mayBeAbsent) return [];
    if (!absent && error instanceof FileError) throw error;
    const found = absent ? 'no such file' : `no JSON (${faultOf(text)})`;
    throw new ConfigError(file, [
      {
        key: '',
        found,
        wanted: 'a list of known deviations',
        wayOut: 'Write one with --update-known-deviations.',
      },
    ]);
  }
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success) throw new ConfigError(file, problemsOf(parsed.error.issues, value, fileSchema));
  const problems = repeated(parsed.data);
  if (problems.length > 0) throw new ConfigError(file, problems);
  return parsed.data;
}

/** A second entry would put the first one out of force, and nobody would notice. */
function repeated(entries: readonly KnownDeviationEntry[]): ConfigProblem[] {
  const first = new Map<string, number>();
  return entries.flatMap(({ clause }, index) => {
    const before = first.get(clause);
    first.set(clause, before ?? index);
    if (before === undefined) return [];
    return {
      key: `${index}.clause`,
      found: `a second entry for ${clause}, beside ${before}.clause`,
      wanted: 'one entry for a clause',
      wayOut: 'Make them one, with a pattern that describes both ways to fail: "one|other".',
    };
  });
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u').source !== '';
  } catch {
    return false;
  }
}
