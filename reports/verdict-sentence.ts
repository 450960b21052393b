import { capital } from './page/script/words.ts';
import type { ClauseResult, Result } from './result.ts';

/** The verdict on the whole target in one sentence, as terminal, page and Markdown say it. */
export function verdictSentence(result: Result): string {
  const musts = result.clauses.filter(({ level }) => level === 'MUST');
  const broken = of(musts, 'failed');
  const shoulds = result.summary.warned;
  if (broken > 0) {
    const advice =
      shoulds === 0 ? '' : `, and ${shoulds} recommended ${plural(shoulds, 'one is', 'ones are')} broken too`;
    return `Not conformant: ${broken} of ${musts.length} required duties ${plural(broken, 'is', 'are')} broken${advice}.`;
  }
  const problems = result.run.problems ?? [];
  if (problems.length > 0) return `The run failed: ${problems[0]}`;
  const [undecided, untested] = [of(musts, 'inconclusive'), of(musts, 'not-tested')];
  const known = of(musts, 'known-deviation');
  const held = of(musts, 'passed');
  if (result.run.incomplete !== undefined) {
    return `No verdict: the run is incomplete. ${capital(result.run.incomplete)}`;
  }
  if (held === 0 && known === 0) return `No verdict: ${whyNone(undecided)}.`;
  const rest = [
    ...(known === 0 ? [] : [`${known} ${plural(known, 'is a known deviation', 'are known deviations')}`]),
    ...(undecided === 0 ? [] : [`${undecided} could not be decided`]),
    ...(untested === 0 ? [] : [`${untested} ${plural(untested, 'was', 'were')} not tested`]),
  ];
  const advice =
    shoulds === 0 ? '' : `; ${shoulds} recommended ${plural(shoulds, 'duty is', 'duties are')} broken`;
  const count = `${held} of ${musts.length} required duties hold`;
  return `${heading(undecided + untested, known)}: ${[count, ...rest].join(', ')}${advice}.`;
}

function whyNone(undecided: number): string {
  if (undecided === 0) return 'no required duty was tested';
  return undecided === 1
    ? 'the one required duty that was tested could not be decided'
    : `none of the ${undecided} required duties that were tested could be decided`;
}

function heading(open: number, known: number): string {
  if (open > 0) return 'Nothing broken';
  return known === 0 ? 'Conformant' : 'Conformant but for known deviations';
}

function of(clauses: readonly ClauseResult[], verdict: ClauseResult['verdict']): number {
  return clauses.filter((clause) => clause.verdict === verdict).length;
}

function plural(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}
