import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { findClause, clauses } from '../../contract/clauses.ts';
import { ConfigError } from '../../harness/config.ts';
import { problemsOf } from '../../harness/config/problems.ts';
import { didYouMean } from '../../harness/config/suggest.ts';
import type { RunMeta } from '../../reports/run-meta.ts';
import type { Result } from '../../reports/result.ts';

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
    owner: words('who is to mend it'),
    /** The last day on which it counts. */
    expires: z.iso.date({ error: wanted.date }),
    pattern: z.string({ error: wanted.pattern }).refine(isPattern, { error: wanted.pattern }).optional(),
  }),
  { error: 'a list of {"clause", "reason", "owner", "expires", "pattern"?}' },
);

type Entry = z.output<typeof fileSchema>[number];

/** How long a newly written entry counts. */
const newEntryDays = 30;

/**
 * The known deviations of a file, as the reporter wants them; entries that are expired or name no
 * clause become problems, which fail the run and say what to change.
 *
 * @throws ConfigError when the file is missing or malformed.
 */
export async function knownDeviationsFor(
  file: string | null,
  mayBeAbsent: boolean,
  now = new Date(),
): Promise<Pick<RunMeta, 'knownDeviations' | 'problems'>> {
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

/**
 * Brings the file in line with a result, for review: failed clauses are added, entries of clauses
 * that pass are dropped. Gives lines that say what was done.
 */
export async function updateKnownDeviations(
  file: string | null,
  result: Result,
  now = new Date(),
): Promise<string[]> {
  if (file === null) throw new TypeError('No file of known deviations was given.');
  const entries = await readEntries(file, true);
  const verdicts = new Map(result.clauses.map((clause) => [clause.id, clause]));
  const kept = entries.filter(({ clause }) => {
    const verdict = verdicts.get(clause)?.verdict;
    return verdict !== 'passed' && verdict !== undefined;
  });
  const listed = new Set(kept.map(({ clause }) => clause));
  const added = result.clauses
    .filter(({ id, verdict }) => verdict === 'failed' && !listed.has(id))
    .map(({ id, reason = 'failed' }) => ({
      clause: id,
      reason: `Not reviewed yet: ${reason}`,
      owner: 'unassigned',
      expires: new Date(now.getTime() + newEntryDays * 86_400_000).toISOString().slice(0, 10),
    }));
  await writeFile(file, `${JSON.stringify([...kept, ...added], null, 2)}\n`);
  const dropped = entries.length - kept.length;
  return [
    `${file}: ${added.length} added, ${dropped} dropped, ${kept.length} kept. Review it before you commit it.`,
  ];
}

function whyInvalid({ clause, expires }: Entry, now: Date): string | undefined {
  if (findClause(clause) === undefined) {
    const hint =
      didYouMean(
        clause,
        clauses.map(({ id }) => id),
      ) ?? 'Remove the entry.';
    return `The known deviation "${clause}" names no clause. ${hint}`;
  }
  // It still counts on the day itself, wherever on earth that day is.
  if (now.getTime() > Date.parse(expires) + 36 * 3_600_000) {
    return `The known deviation of ${clause} expired on ${expires}. Mend the target, or agree on a new date.`;
  }
  return undefined;
}

function describe({ reason, owner, expires }: Entry): string {
  return `${reason} (${owner}, until ${expires})`;
}

async function readEntries(file: string, mayBeAbsent: boolean): Promise<Entry[]> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (error) {
    const absent = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (absent && mayBeAbsent) return [];
    const found = absent ? 'no such file' : `no JSON (${(error as Error).message})`;
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
  return parsed.data;
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u').source !== '';
  } catch {
    return false;
  }
}
