import type { CheckTools } from '../harness/collect.ts';
import type { Attempts } from '../harness/probe.ts';
import { clause, fail, proceed, test } from '../harness/test.ts';
import { untilAttempts } from './support/passing.ts';
import { expectWaits, inSeconds, judgeWaits, waitsOf, type Waits } from './support/waits.ts';

/** The share of the wait before that a wait has at least. */
const leastShare = 0.75;
/** The least factor of an exponential back-off, and by how much of itself each wait may be off. */
const leastFactor = 1.5;
const jitter = 0.25;

/** The three waits of an operation whose every attempt fails. */
async function threeWaits(
  { submit, clock, target }: Pick<CheckTools, 'submit' | 'clock' | 'target'>,
  attempts: Attempts = [fail()],
): Promise<Waits> {
  const operation = await submit({ attempts });
  await untilAttempts(target, operation, 4);
  const { milliseconds, noise } = waitsOf(operation, clock);
  return { milliseconds: milliseconds.slice(0, 3), noise };
}

function expectGrowing(waits: Waits): void {
  const [first = Number.NaN, second = Number.NaN, third] = waits.milliseconds;
  expectWaits(waits, [
    { wait: third, comparison: 'longer than', bound: first, expected: 'the third longer than the first' },
    {
      wait: second,
      comparison: 'at least',
      bound: leastShare * first,
      expected: 'the second at least 3/4 of the first',
    },
    {
      wait: third,
      comparison: 'at least',
      bound: leastShare * second,
      expected: 'the third at least 3/4 of the second',
    },
  ]);
}

function expectExponential(waits: Waits): void {
  const [first = Number.NaN, second = Number.NaN, third] = waits.milliseconds;
  // A wait as seen is the intended one, give or take the jitter: so the least that the next can be seen
  // to be is this share of it, for each step from one to the next.
  const seen = (1 - jitter) / (1 + jitter);
  const expected = 'each 1.5 times the one before, give or take a quarter of itself';
  const comparison = 'at least';
  expectWaits(waits, [
    { wait: second, comparison, bound: leastFactor * seen * first, expected },
    { wait: third, comparison, bound: leastFactor * seen * second, expected },
    { wait: third, comparison, bound: leastFactor ** 2 * seen * first, expected },
  ]);
}

test(
  'the waits before the retries MUST grow from the first to the third',
  clause('retry.backoff-grows'),
  async ({ submit, clock, target }) =>
    judgeWaits(clock, () => threeWaits({ submit, clock, target }), expectGrowing),
);

test(
  'the waits before the retries MUST grow for every one of several operations',
  clause('retry.backoff-grows', { branch: 'several operations', needs: ['probe', 'clock'] }),
  async ({ submit, clock, target }) => {
    const each = Array.from({ length: 12 }, () => threeWaits({ submit, clock, target }));
    for (const waits of await Promise.all(each)) expectGrowing(waits);
  },
);

test(
  'the waits before the retries MUST grow when later attempts take long',
  clause('retry.backoff-grows', { branch: 'long attempts', needs: ['probe', 'clock'] }),
  // Only a wait after a short attempt tells whether those after long ones are counted from their starts.
  async ({ submit, clock, target }) =>
    expectGrowing(await threeWaits({ submit, clock, target }, [fail(), [proceed(110_000), fail()]])),
);

test(
  'the waits before the retries SHOULD grow exponentially',
  clause('retry.backoff-exponential'),
  async ({ submit, clock, target }) =>
    judgeWaits(clock, () => threeWaits({ submit, clock, target }), expectExponential),
);

test(
  'the waits before the retries MAY be of any length',
  clause('retry.schedule'),
  async ({ submit, clock, target, observe }) => {
    const waits = await threeWaits({ submit, clock, target });
    observe(`The waits before the retries were ${inSeconds(waits)}.`);
  },
);
