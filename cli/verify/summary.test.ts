import { expect, it } from 'vitest';
import { sampleResult } from '../../reports/fixtures/sample.ts';
import { summaryLines } from './summary.ts';

it('tells what disturbed the run from outside, however it ended', () => {
  const result = sampleResult();
  expect(summaryLines(result)).not.toContain('Disturbed from outside:');
  const disruptions = [
    { source: 'gateway' as const, message: 'a gateway answered 502', times: 12 },
    { source: 'network' as const, message: 'a connection was reset\u001B[2J', times: 1 },
  ];
  const lines = summaryLines({ ...result, run: { ...result.run, disruptions } });
  expect(lines).toContain('Disturbed from outside:');
  expect(lines).toContain('  gateway: a gateway answered 502 (12 times)');
  expect(lines.join('\n')).toContain('  network: a connection was reset');
  expect(lines.join('\n')).not.toContain('\u001B');
});

it('says why a run without a verdict ends with exit status 0', () => {
  const result = sampleResult();
  const clauses = result.clauses.map((clause) => ({
    ...clause,
    verdict: 'not-tested' as const,
    reason: 'x',
  }));
  const { startedAt, durationMs, seed, runs } = result.run;
  const text = summaryLines({ ...result, clauses, run: { startedAt, durationMs, seed, runs } }).join('\n');
  expect(text).toContain(
    'Exit status 0, because:\n  Nothing is broken, and no required clause was decided. Use --strict',
  );
});
