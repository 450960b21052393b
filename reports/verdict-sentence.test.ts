import { describe, expect, it } from 'vitest';
import type { Blame, Disruption } from '../record/outcome.ts';
import { sampleResult } from './fixtures/sample.ts';
import type { ClauseResult, Result, Verdict } from '../record/result.ts';
import { marks, standing } from './standing.ts';
import { summarise } from './summarise.ts';
import { verdictSentence } from './verdict-sentence.ts';

type Run = Partial<Result['run']>;
type Given = Verdict | { verdict: Verdict; blame: Blame } | 'left-out';

/** A result of required clauses a.1, a.2, … with these verdicts. */
function resultWith(given: readonly Given[], more: Run = {}, warned = 0): Result {
  const base = sampleResult({ checks: 1 });
  const musts = base.clauses.filter(({ level }) => level === 'MUST').slice(0, given.length);
  const clauses = musts.map((clause, index): ClauseResult => {
    const one = given[index] ?? 'passed';
    const id = `a.${index + 1}`;
    if (one === 'left-out')
      return {
        ...clause,
        id,
        verdict: 'not-tested',
        reason: 'left out by --only',
        cause: { kind: 'left-out' },
        checks: [],
      };
    return typeof one === 'string' ? { ...clause, id, verdict: one } : { ...clause, id, ...one };
  });
  const { startedAt, durationMs, seed, runs } = base.run;
  const summary = { ...summarise(clauses), warned };
  return { ...base, clauses, summary, run: { startedAt, durationMs, seed, runs, ...more } };
}

const gateway: Given = { verdict: 'inconclusive', blame: 'gateway' };
const disruptions: readonly Disruption[] = [
  { source: 'network', message: 'A connection was reset', times: 90 },
  { source: 'gateway', message: 'A gateway in front of the target answered 503', times: 25 },
];
const disturbed: Run = {
  incomplete: 'a gateway in front of the target kept checks of a.2 from deciding.',
  disruptions,
};
const stopped: Run = { incomplete: 'The run was interrupted.' };
const suite: Run = {
  incomplete: 'the suite itself failed in checks of a.1, which is not the target’s fault.',
};

const situations: readonly [string, Result, string, string][] = [
  ['all holds', resultWith(['passed', 'passed']), 'Conformant: 2 of 2 required clauses hold.', '✓ good'],
  [
    'one is broken',
    resultWith(['passed', 'failed']),
    'Not conformant: 1 of 2 required clauses is broken: a.2.',
    '✕ bad',
  ],
  [
    'many are broken, others open, recommended ones too',
    resultWith(
      ['failed', 'failed', 'failed', 'failed', 'inconclusive', 'not-tested', 'known-deviation'],
      {},
      2,
    ),
    'Not conformant: 4 of 7 required clauses are broken: a.1, a.2, a.3 and 1 more; 1 is a known deviation, 1 could not be decided, 1 was not tested, 2 recommended ones are broken too.',
    '✕ bad',
  ],
  [
    'one is broken on a disturbed network',
    resultWith(['failed', gateway], disturbed),
    'Not conformant: 1 of 2 required clauses is broken: a.1; 1 could not be decided (a gateway in front of the target answered 503 (25 times)).',
    '✕ bad',
  ],
  [
    'one is broken in a part of the catalogue',
    resultWith(['failed', 'passed', 'left-out'], { only: ['a'] }),
    'Not conformant: 1 of 2 required clauses that were asked for is broken: a.1.',
    '✕ bad',
  ],
  [
    'a known deviation no longer deviates',
    resultWith(['passed'], { problems: ['a.1 no longer deviates.'] }),
    'The run failed: a.1 no longer deviates.',
    '✕ bad',
  ],
  [
    'a gateway is in the way',
    resultWith(['passed', gateway, gateway], disturbed),
    'No verdict: a gateway in front of the target answered 503 (25 times); 2 of 3 required clauses could not be decided.',
    '? open',
  ],
  [
    'a gateway is in the way, and the run was stopped for it',
    resultWith([gateway, 'not-tested'], { ...stopped, disruptions }),
    'No verdict: a gateway in front of the target answered 503 (25 times); 1 of 2 required clauses could not be decided, 1 was not tested.',
    '? open',
  ],
  [
    'the listener was not reached, and nothing more is known',
    resultWith(['passed', { verdict: 'inconclusive', blame: 'restart' }], { incomplete: 'x' }),
    'No verdict: a restart of the target kept checks from deciding; 1 of 2 required clauses could not be decided.',
    '? open',
  ],
  [
    'the suite failed',
    resultWith(['inconclusive'], suite),
    'No verdict: the suite itself failed in checks of a.1, which is not the target’s fault; 1 of 1 required clauses could not be decided.',
    '? open',
  ],
  [
    'it was interrupted',
    resultWith(['passed', 'not-tested', 'not-tested'], stopped),
    'No verdict: the run was interrupted; 2 of 3 required clauses were not tested.',
    '? open',
  ],
  ['nothing was tested', resultWith(['not-tested']), 'No verdict: no required clause was tested.', '? open'],
  [
    'one was tested, without a decision',
    resultWith(['not-tested', 'inconclusive']),
    'No verdict: the one required clause that was tested could not be decided.',
    '? open',
  ],
  [
    'none could be decided',
    resultWith(['inconclusive', 'inconclusive']),
    'No verdict: none of the 2 required clauses that were tested could be decided.',
    '? open',
  ],
  [
    'only a part was asked for',
    resultWith(['passed', 'passed', 'inconclusive', 'not-tested', 'left-out', 'left-out'], { only: ['a'] }),
    'Nothing broken in this part: 2 of the 4 required clauses that were asked for hold, 1 could not be decided, 1 was not tested; 2 required clauses were left out.',
    '◐ neutral',
  ],
  [
    'a replay, which has no --only',
    resultWith(['passed', 'left-out']),
    'Nothing broken in this part: 1 of the 1 required clauses that were asked for holds; 1 required clause was left out.',
    '◐ neutral',
  ],
  [
    'some could not be decided',
    resultWith(['passed', 'inconclusive', 'not-tested']),
    'Nothing broken: 1 of 3 required clauses hold, 1 could not be decided, 1 was not tested.',
    '? neutral',
  ],
  [
    'the target does not offer everything',
    resultWith(['passed', 'not-tested'], {}, 1),
    'Nothing broken: 1 of 2 required clauses hold, 1 was not tested; 1 recommended clause is broken.',
    '✓ good',
  ],
  [
    'there are known deviations',
    resultWith(['passed', 'known-deviation']),
    'Conformant but for known deviations: 1 of 2 required clauses hold, 1 is a known deviation.',
    '≠ neutral',
  ],
  [
    'there are known deviations and gaps',
    resultWith(['passed', 'known-deviation', 'not-tested']),
    'Nothing broken but known deviations: 1 of 3 required clauses hold, 1 is a known deviation, 1 was not tested.',
    '≠ neutral',
  ],
];

describe('the verdict in one sentence, with its mark', () => {
  it.each(situations)('when %s', (_when, result, sentence, mark) => {
    expect(verdictSentence(result)).toBe(sentence);
    const { symbol, tone } = marks[standing(result)];
    expect(`${symbol} ${tone}`).toBe(mark);
  });
});
