import { expect, it } from 'vitest';
import type { ClauseId } from '../contract/clauses.ts';
import { collectChecks } from '../harness/runner.ts';
import { loadDeviation } from '../simulator/deviations.ts';
import { inRealTime, isAbout } from './real-time.ts';
import { suiteFiles } from './suite-files.ts';

// What is wrong in time, in real time, with retries after 0.3, 0.6 and 1.2 s. All of them at once, since they wait.
// `node scripts/real-time-matrix.mjs` tries every deviation, and those that need a minute each.
const deviations = [
  'retry.on-error-never',
  'retry.three-times-once',
  'retry.at-most-three-four',
  'retry.recovers-no-outputs',
  'retry.count-attempts',
  'retry.last-error-first',
  'retry.not-terminal-between-failed',
  'retry.same-operation-new-id',
  'cancel.no-retry-retried',
  'cancel.running-is-not-stopped-killed',
  'cancel.shows-canceling-in-progress',
  'cancel.terminal-refused-delete-ok',
  'callback.not-per-attempt-each',
  'callback.once-twice',
  'event.once-twice',
  'state.failed-succeeded',
] as const;

const checks = await collectChecks(suiteFiles());
const limitMs = 240_000;

it.concurrent.each(deviations)(
  'real time shows %s',
  async (name) => {
    const { breaks } = await loadDeviation(name);
    const results = await inRealTime(
      checks.filter((check) => isAbout(check, breaks)),
      [name],
    );
    const own = results.filter(({ clause }) => clause === breaks);
    expect(
      own.map(({ outcome }) => outcome),
      breaks,
    ).toContain('failed');
  },
  limitMs,
);

const timed: readonly ClauseId[] = [
  'retry.three-times',
  'retry.at-most-three',
  'retry.recovers',
  'retry.last-error',
  'retry.no-overlap',
  'cancel.no-retry',
  'cancel.race',
  'cancel.running-is-not-stopped',
  'callback.not-per-attempt',
  'state.failed',
];

it.concurrent.each(timed)(
  'real time holds nothing against a right implementation: %s',
  async (id) => {
    const results = await inRealTime(
      checks.filter((check) => isAbout(check, id)),
      [],
    );
    const wrong = results.filter(({ outcome }) => outcome !== 'passed' && outcome !== 'not-tested');
    expect(wrong, id).toEqual([]);
    expect(
      results.map(({ outcome }) => outcome),
      'whether anything was decided',
    ).toContain('passed');
  },
  limitMs,
);
