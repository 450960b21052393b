import { expect, it } from 'vitest';
import { noteEndless } from './endless.ts';
import type { Subject } from './subject.ts';

const hour = 3_600_000;
const failed = { outcome: 'fail', errorMessage: 'told to fail' } as const;

/** An operation whose attempts fail at these hours, and what is held against it. */
function failingAt(hours: readonly number[], ended: boolean) {
  const noted: string[] = [];
  const attempts = hours.map((at) => ({ calls: [{ time: at * hour, answer: failed }] }));
  const subject = {
    operation: { attempts },
    canceled: undefined,
    end: ended ? { state: 3, status: 31 } : undefined,
    over: ended,
    note: (mismatches: readonly { clause: string }[]) =>
      noted.push(...mismatches.map(({ clause }) => clause)),
  };
  return { noted, subject: subject as unknown as Subject };
}

it.each([
  ['never came, as it came for others', [0, 1, 3], [0, 1, 3, 7], ['retry.three-times']],
  ['never came at all', [0], [0, 1, 3, 7], ['retry.on-error']],
  ['may still come, where waits are long and differ', [0, 12, 36], [0, 9, 27, 62], []],
  ['came for nobody else either', [0, 1, 3], [0, 1, 3], []],
])('a retry that %s', (_what, hours, others, clauses) => {
  const { noted, subject } = failingAt(hours, false);
  noteEndless([subject, failingAt(others, true).subject], 72 * hour, { events: false });
  expect(noted).toEqual(clauses);
});

it.each([
  ['at the same moment', 0, ['flow.bulk']],
  ['at another moment', 1, []],
])('what is never executed, though another came to its end that was submitted %s', (_what, at, clauses) => {
  const { noted, subject } = failingAt([], false);
  const other = failingAt([0, 1, 3, 7], true).subject;
  noteEndless(
    [Object.assign(subject, { submittedAt: 0 }), Object.assign(other, { submittedAt: at })],
    72 * hour,
    { events: false },
  );
  expect(noted).toEqual(clauses);
});

it('what was retried more often than three times, and still is', () => {
  const { noted, subject } = failingAt([0, 1, 3, 7, 15], false);
  noteEndless([subject, failingAt([0, 1, 3, 7], true).subject], 72 * hour, { events: false });
  expect(noted).toEqual(['retry.at-most-three']);
});
