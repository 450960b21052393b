import { describe, expect, it } from 'vitest';
import { compareGate } from './compare-gate.ts';
import { compareResults, wording, type VerdictChange, type NamedResult } from './compare.ts';
import { sampleResult } from './fixtures/sample.ts';
import { comparisonSentence } from './compare-words.ts';
import { compareMarkdown } from './formats/compare-markdown.ts';
import { renderComparison } from './page/compare-page.ts';
import type { Result, Verdict } from '../record/result.ts';

/** A result in which one clause has another verdict and reason. */
function withVerdict(verdict: Verdict, reason?: string, id = 'submit.accepted'): Result {
  const base = sampleResult({ checks: 1, failing: [] });
  const clauses = base.clauses.map((clause) => {
    if (clause.id !== id) return clause;
    return { ...clause, verdict, reason: reason ?? '' };
  });
  const { startedAt, durationMs, seed, runs } = base.run;
  return { ...base, run: { startedAt, durationMs, seed, runs }, clauses };
}

function changeBetween(before: [Verdict, string?], after: [Verdict, string?]): VerdictChange | undefined {
  const named = [before, after].map(([verdict, reason], index): NamedResult => {
    return { name: String(index), result: withVerdict(verdict, reason) };
  });
  return compareResults(named).clauses.find(({ id }) => id === 'submit.accepted')?.change;
}

describe('a comparison', () => {
  it.each<[[Verdict, string?], [Verdict, string?], VerdictChange | undefined]>([
    [['passed'], ['failed', 'x'], 'newly-broken'],
    [['not-tested'], ['failed', 'x'], 'newly-broken'],
    [['known-deviation', 'x'], ['failed', 'x'], 'newly-broken'],
    [['failed', 'x'], ['passed'], 'newly-fixed'],
    [['failed', 'x'], ['inconclusive', 'y'], 'newly-open'],
    [['passed'], ['not-tested', 'y'], 'newly-open'],
    [['not-tested', 'y'], ['passed'], 'newly-decided'],
    [['observed', 'a'], ['observed', 'b'], 'other-observation'],
    [['failed', 'a'], ['failed', 'b'], 'other-wording'],
    [['failed', 'after 12 ms'], ['failed', 'after 15 ms'], undefined],
    [['passed'], ['passed'], undefined],
  ])('of %j and %j tells %s', (before, after, change) => {
    expect(changeBetween(before, after)).toBe(change);
  });

  const inOrder = (...verdicts: readonly (readonly [Verdict, string?])[]) =>
    compareResults(
      verdicts.map(([verdict, reason], index) => ({
        name: `${index}`,
        result: withVerdict(verdict, reason),
      })),
    );

  it.each<[[Verdict, string?][], VerdictChange | undefined, string]>([
    [
      [['failed'], ['not-tested'], ['failed']],
      undefined,
      'From the first run to the last: 1 changed in between. Still broken: 1 clause: submit.accepted.',
    ],
    [[['failed'], ['passed'], ['failed']], 'newly-broken', 'From the first run to the last: 1 newly broken.'],
    [
      [['failed'], ['passed'], ['inconclusive'], ['failed']],
      'newly-broken',
      'From the first run to the last: 1 newly broken.',
    ],
    [
      [['passed'], ['failed'], ['passed']],
      undefined,
      'From the first run to the last: 1 changed in between.',
    ],
    [
      [
        ['failed', 'a'],
        ['failed', 'b'],
        ['failed', 'a'],
      ],
      undefined,
      'From the first run to the last: 1 changed in between. Still broken: 1 clause: submit.accepted.',
    ],
    [
      [['failed'], ['known-deviation']],
      undefined,
      'From the first run to the last: 1 with another verdict. Still broken: 1 clause: submit.accepted.',
    ],
    [
      [['failed'], ['failed'], ['failed']],
      undefined,
      'Nothing changed: every clause has the same verdict, for the same reason. Still broken: 1 clause: submit.accepted.',
    ],
    [
      [
        ['not-tested', 'a'],
        ['not-tested', 'b'],
      ],
      undefined,
      'No verdict changed; of 1 clause the reason is another.',
    ],
  ])('of %j looks at all results: %s', (verdicts, change, sentence) => {
    const comparison = inOrder(...verdicts);
    expect(comparison.clauses.find(({ id }) => id === 'submit.accepted')?.change).toBe(change);
    expect(comparisonSentence(comparison)).toBe(sentence);
    expect(compareGate(comparison).status).toBe(change === 'newly-broken' ? 1 : 0);
    expect(compareMarkdown(comparison).includes('## Changed in between')).toBe(
      sentence.includes('in between'),
    );
  });

  it('shows what broke again beside the result in which it held', () => {
    const page = renderComparison(inOrder(['failed', 'at first'], ['passed'], ['failed', 'again']));
    const list = page.slice(
      page.indexOf('<ul class="changes">'),
      page.indexOf('</ul>', page.indexOf('<ul class="changes">')),
    );
    expect(list).toContain('again');
    expect(list).not.toContain('at first');
  });

  it('leaves out of a wording what differs from run to run anyway', () => {
    expect(wording('3f2504e0-4f89-11d3-9a0c-0305e82c3301 at 2026-01-01T00:00:00Z on 127.0.0.1:8080')).toBe(
      '{id} at {time} on {host}',
    );
  });

  it('tells clauses that only one catalogue has', () => {
    const [first, second] = [withVerdict('passed'), withVerdict('passed')];
    const fewer = { ...first, clauses: first.clauses.slice(1) };
    const change = (a: Result, b: Result) =>
      compareResults([
        { name: 'a', result: a },
        { name: 'b', result: b },
      ]).clauses.find(({ id }) => id === 'submit.accepted')?.change;
    expect(change(fewer, second)).toBe('added');
    expect(change(second, fewer)).toBe('removed');
  });

  const gated = (before: Result, after: Result, strict = false) =>
    compareGate(
      compareResults([
        { name: 'a', result: before },
        { name: 'b', result: after },
      ]),
      { strict },
    );

  it('is a gate for new failures of required clauses', () => {
    const gate = (before: Result, after: Result) => gated(before, after).status;
    expect(gate(withVerdict('passed'), withVerdict('failed'))).toBe(1);
    expect(gate(withVerdict('failed'), withVerdict('failed'))).toBe(0);
    expect(gate(withVerdict('passed'), withVerdict('warned', 'x', 'cancel.twice'))).toBe(0);
    const cut = withVerdict('passed');
    expect(gate(cut, { ...cut, run: { ...cut.run, incomplete: 'interrupted' } })).toBe(3);
  });

  it('is strict about what is no longer decided, and says why', () => {
    for (const before of ['passed', 'failed'] as const) {
      for (const after of ['not-tested', 'inconclusive'] as const) {
        const results = [withVerdict(before), withVerdict(after)] as const;
        expect(gated(...results)).toEqual({ status: 0, failed: false, why: [] });
        expect(gated(...results, true)).toEqual({
          status: 1,
          failed: true,
          why: [
            '--strict: 1 required clause was decided before and is no longer: submit.accepted. Give the run what it had before, or leave --strict out.',
          ],
        });
      }
    }
    const shoulds = ['passed', 'inconclusive'].map((verdict) =>
      withVerdict(verdict as Verdict, 'x', 'cancel.twice'),
    );
    expect(gated(shoulds[0] as Result, shoulds[1] as Result, true).status).toBe(0);
    expect(gated(withVerdict('inconclusive'), withVerdict('not-tested'), true).status).toBe(0);
    const fewer = withVerdict('passed');
    expect(gated(fewer, { ...fewer, clauses: fewer.clauses.slice(1) }, true).status).toBe(1);
  });

  it('leads from every change to the row and to the source, and never to a script', () => {
    const hostile = (result: Result): Result => ({
      ...result,
      clauses: result.clauses.map((clause, index) =>
        index === 1 ? { ...clause, source: 'javascript:alert(1)' } : clause,
      ),
    });
    const page = renderComparison(
      compareResults([
        { name: 'a', result: hostile(withVerdict('passed')) },
        { name: 'b', result: hostile(withVerdict('failed')) },
      ]),
    );
    expect(page).toContain('<a href="#submit.accepted"><code>submit.accepted</code></a>');
    expect(page).toContain('<tr id="submit.accepted"');
    expect(page).toMatch(/href="https:\/\/learn\.microsoft\.com\/[^"]*" rel="noreferrer">source</);
    expect(page).not.toContain('href="javascript:');
  });

  it('of several targets has a column for each, as page and as Markdown', () => {
    const names = ['<b>one</b>', 'two', 'three'];
    const comparison = compareResults(
      names.map((name, index) => ({
        name,
        result: sampleResult({
          checks: 1,
          targetName: name,
          failing: index === 2 ? ['submit.accepted'] : [],
        }),
      })),
    );
    expect(comparison.sameTarget).toBe(false);
    const page = renderComparison(comparison);
    expect(page).toContain('3 targets compared');
    expect(page).not.toContain('<b>one</b>');
    const markdown = compareMarkdown(comparison);
    expect(markdown).toContain('| Clause | Requirement | \\<b\\>one\\</b\\> | two | three |');
    expect(markdown).toContain('`submit.accepted` MUST');
  });
});
