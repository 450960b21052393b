import type { Blame } from '../record/outcome.ts';
import { culprits } from './completeness.ts';
import { listed } from './listed.ts';
import type { ClauseResult, Result } from '../record/result.ts';
import { isPartial, mustsOf, standing, type Musts, type Standing } from './standing.ts';

/**
 * The verdict on the whole target in one sentence, as terminal, page and Markdown say it: what is broken,
 * or who kept the run from a verdict, comes first; every required clause that was not decided is counted.
 */
export function verdictSentence(result: Result): string {
  return sentences[standing(result)](result, mustsOf(result));
}

type Say = (result: Result, musts: Musts) => string;

const holding: Say = (result, musts) =>
  `${heading(musts)}: ${heldOf(musts)}${rest(knownAndOpen(musts))}${advice(result)}.`;

const sentences: Readonly<Record<Standing, Say>> = {
  broken: (result, musts) => {
    const { broken, all, leftOut } = musts;
    const total = all.length - leftOut.length;
    const those = isPartial(result) ? 'required clauses that were asked for' : 'required clauses';
    const details = [
      ...knownAndOpen(musts, culpritOf(result, musts)),
      ...(result.summary.warned === 0
        ? []
        : [
            `${result.summary.warned} recommended ${plural(result.summary.warned, 'one is', 'ones are')} broken too`,
          ]),
    ];
    return `Not conformant: ${broken.length} of ${total} ${those} ${plural(broken.length, 'is', 'are')} broken: ${listed(broken)}${details.length === 0 ? '' : `; ${details.join(', ')}`}.`;
  },
  problem: ({ run }) => {
    const [first = '', ...more] = run.problems ?? [];
    return `The run failed: ${first}${more.length === 0 ? '' : ` (and ${more.length} more ${plural(more.length, 'reason', 'reasons')})`}`;
  },
  incomplete: (result, musts) => {
    const cause = culpritOf(result, musts) ?? lower(withoutStop(result.run.incomplete ?? ''));
    const counts = openOf(musts);
    return `No verdict: ${cause}${counts.length === 0 ? '' : `; ${counts.join(', ')}`}.`;
  },
  undecided: (_result, { undecided }) => {
    if (undecided.length === 0) return 'No verdict: no required clause was tested.';
    return undecided.length === 1
      ? 'No verdict: the one required clause that was tested could not be decided.'
      : `No verdict: none of the ${undecided.length} required clauses that were tested could be decided.`;
  },
  partial: (result, musts) => {
    const total = musts.all.length - musts.leftOut.length;
    const held = `${musts.held.length} of the ${total} required clauses that were asked for ${plural(musts.held.length, 'holds', 'hold')}`;
    const others = musts.leftOut.length;
    const apart =
      others === 0 ? '' : `; ${others} required ${plural(others, 'clause was', 'clauses were')} left out`;
    return `Nothing broken in this part: ${held}${rest(knownAndOpen(musts))}${apart}${advice(result)}.`;
  },
  open: holding,
  known: holding,
  'not-broken': holding,
  conformant: holding,
};

function heading({ undecided, untested, known }: Musts): string {
  const open = undecided.length + untested.length > 0;
  if (known.length > 0)
    return open ? 'Nothing broken but known deviations' : 'Conformant but for known deviations';
  return open ? 'Nothing broken' : 'Conformant';
}

function heldOf({ held, all }: Musts): string {
  return `${held.length} of ${all.length} required clauses hold`;
}

function knownAndOpen({ known, undecided, untested }: Musts, culprit?: string): string[] {
  const because = culprit === undefined ? '' : ` (${culprit})`;
  return [
    ...part(known, 'is a known deviation', 'are known deviations'),
    ...part(undecided, 'could not be decided', 'could not be decided').map((text) => `${text}${because}`),
    ...part(untested, 'was not tested', 'were not tested'),
  ];
}

function openOf({ undecided, untested, all }: Musts): string[] {
  const [first, ...others] = [
    ...part(undecided, 'could not be decided', 'could not be decided'),
    ...part(untested, 'was not tested', 'were not tested'),
  ];
  if (first === undefined) return [];
  return [first.replace(/^\d+/, (number) => `${number} of ${all.length} required clauses`), ...others];
}

function part(clauses: readonly ClauseResult[], one: string, many: string): string[] {
  return clauses.length === 0 ? [] : [`${clauses.length} ${plural(clauses.length, one, many)}`];
}

function rest(parts: readonly string[]): string {
  return parts.map((text) => `, ${text}`).join('');
}

function advice({ summary: { warned } }: Result): string {
  return warned === 0 ? '' : `; ${warned} recommended ${plural(warned, 'clause is', 'clauses are')} broken`;
}

/** What kept most of the undecided required clauses from a decision, where it is not the target. */
function culpritOf({ run }: Result, { undecided }: Musts): string | undefined {
  const blames = [...Map.groupBy(undecided, ({ blame }) => blame)]
    .filter((entry): entry is [Blame, ClauseResult[]] => entry[0] !== undefined)
    .sort(([, a], [, b]) => b.length - a.length);
  const blame = blames[0]?.[0];
  if (blame === undefined) return undefined;
  const seen = (run.disruptions ?? [])
    .filter(({ source }) => source === blame)
    .sort((a, b) => b.times - a.times)[0];
  if (seen === undefined) return `${culprits[blame]} kept checks from deciding`;
  const times = seen.times === 1 ? '' : ` (${seen.times} times)`;
  return `${lower(withoutStop(seen.message))}${times}`;
}

function withoutStop(text: string): string {
  return text.trim().replace(/\.$/, '');
}

/** A sentence as it goes on after a colon; what is a name or an abbreviation keeps its capital. */
function lower(text: string): string {
  return /^(?:[A-Z][a-z]+|A) /.test(text) ? `${text.slice(0, 1).toLowerCase()}${text.slice(1)}` : text;
}

function plural(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}
