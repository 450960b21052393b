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
  const open = of(musts, 'inconclusive') + of(musts, 'not-tested');
  const known = of(musts, 'known-deviation');
  const held = of(musts, 'passed');
  if (result.run.incomplete !== undefined) {
    return `No verdict: the run is incomplete. ${capital(result.run.incomplete)}`;
  }
  if (held === 0 && known === 0) return 'No verdict: no required duty was tested.';
  const deviations =
    known === 0 ? '' : `, ${known} ${plural(known, 'is a known deviation', 'are known deviations')}`;
  const undecided = open === 0 ? '' : `, ${open} ${plural(open, 'was', 'were')} not decided`;
  const advice =
    shoulds === 0 ? '' : `; ${shoulds} recommended ${plural(shoulds, 'duty is', 'duties are')} broken`;
  const head =
    open === 0 && known === 0
      ? 'Conformant'
      : open === 0
        ? 'Conformant but for known deviations'
        : 'Nothing broken';
  return `${head}: ${held} of ${musts.length} required duties hold${deviations}${undecided}${advice}.`;
}

function of(clauses: readonly ClauseResult[], verdict: ClauseResult['verdict']): number {
  return clauses.filter((clause) => clause.verdict === verdict).length;
}

function plural(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}
