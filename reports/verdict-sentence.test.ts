import { describe, expect, it } from 'vitest';
import type { Result, Verdict } from './result.ts';
import { sampleResult } from './fixtures/sample.ts';
import { summarise } from './summarise.ts';
import { verdictSentence } from './verdict-sentence.ts';

function resultWith(verdicts: readonly Verdict[], more: Partial<Result['run']> = {}): Result {
  const base = sampleResult({ checks: 1 });
  const musts = base.clauses.filter(({ level }) => level === 'MUST').slice(0, verdicts.length);
  const clauses = musts.map((clause, index) => ({ ...clause, verdict: verdicts[index] ?? 'passed' }));
  const { startedAt, durationMs, seed, runs } = base.run;
  const run = { startedAt, durationMs, seed, runs, ...more };
  return { ...base, clauses, summary: summarise(clauses), run };
}

describe('the verdict in one sentence', () => {
  it.each<[Verdict[], string]>([
    [['passed', 'passed'], 'Conformant: 2 of 2 required duties hold.'],
    [['passed', 'failed'], 'Not conformant: 1 of 2 required duties is broken.'],
    [['failed', 'failed'], 'Not conformant: 2 of 2 required duties are broken.'],
    [['passed', 'not-tested'], 'Nothing broken: 1 of 2 required duties hold, 1 was not tested.'],
    [
      ['passed', 'known-deviation'],
      'Conformant but for known deviations: 1 of 2 required duties hold, 1 is a known deviation.',
    ],
    [['not-tested', 'not-tested'], 'No verdict: no required duty was tested.'],
    [
      ['not-tested', 'inconclusive'],
      'No verdict: the one required duty that was tested could not be decided.',
    ],
    [
      ['inconclusive', 'inconclusive'],
      'No verdict: none of the 2 required duties that were tested could be decided.',
    ],
  ])('of %j', (verdicts, sentence) => {
    expect(verdictSentence(resultWith(verdicts))).toBe(sentence);
  });

  it('never calls an incomplete run conformant', () => {
    expect(verdictSentence(resultWith(['passed'], { incomplete: 'The run was interrupted.' }))).toBe(
      'No verdict: the run is incomplete. The run was interrupted.',
    );
  });

  it('names what else failed the run', () => {
    expect(verdictSentence(resultWith(['passed'], { problems: ['x no longer deviates.'] }))).toBe(
      'The run failed: x no longer deviates.',
    );
  });
});
