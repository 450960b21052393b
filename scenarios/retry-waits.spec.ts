import type { Answer } from '../harness/answer.ts';
import { isAccepted } from '../harness/check/accepted.ts';
import type { CheckTools } from '../harness/collect.ts';
import type { CallOptions } from '../harness/probe-calls.ts';
import { clause, expect, fail, proceed, test, Undecided } from '../harness/test.ts';
import { untilAttempts } from './support/passing.ts';
import { expectWaits, inSeconds, judgeWaits, waitsOf, type Waits } from './support/waits.ts';

/** The share of the wait before that a wait has at least. */
const leastShare = 0.75;
/** The least factor of an exponential back-off, and by how much of itself each wait may be off. */
const leastFactor = 1.5;
const jitter = 0.25;
/** By how much of itself jitter can move the average factor of many. */
const averageJitter = 0.18;

/** The three waits of an operation whose every attempt fails. */
async function threeWaits(
  { submit, clock, target }: Pick<CheckTools, 'submit' | 'clock' | 'target'>,
  options: CallOptions = {},
): Promise<Waits> {
  const operation = await submit({ attempts: [fail()], ...options });
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

/** What jitter hides of one operation shows of many: the factors by which their waits grow, on an average. */
function expectExponentialOnTheWhole(each: readonly Waits[]): void {
  const factors = [1, 2].map((wait) => {
    const grown = each.map(({ milliseconds }) =>
      Math.log((milliseconds[wait] ?? NaN) / (milliseconds[wait - 1] ?? NaN)),
    );
    return Math.exp(grown.reduce((sum, one) => sum + one, 0) / grown.length);
  });
  if (factors.some(Number.isNaN)) throw new Undecided('the probe’s calls tell no times, so no wait is known');
  const shown = factors.map((factor) => factor.toFixed(2)).join(', then ');
  expect(shown, 'the factor by which the waits of twelve operations grow, on an average').toSatisfy(
    factors.every((factor) => factor >= leastFactor * (1 - averageJitter)),
    `about ${leastFactor} or more each time`,
  );
}

test(
  'the waits before the retries MUST grow from the first to the third',
  clause('retry.backoff-grows'),
  async ({ submit, clock, target }) =>
    judgeWaits(clock, () => threeWaits({ submit, clock, target }), expectGrowing),
);

/** Twelve operations that fail side by side: their waits, and the answer to a call in the midst of that. */
interface Twelve {
  readonly waits: readonly Waits[];
  readonly next: Answer;
}

/** Judges twelve operations that fail side by side, which live once for all who ask. */
function ofTwelve(
  { submit, call, clock, target, lives }: CheckTools,
  judge: (twelve: Twelve) => void | Promise<void>,
): Promise<void> {
  const live = async (): Promise<Twelve> => {
    let next: Answer | undefined;
    // While one of them tells of its end the clock stands still: the others fail at about that time, too.
    const onArrival = async (): Promise<void> => {
      next ??= (await call()).answer;
    };
    const each = Array.from({ length: 12 }, (_, index) =>
      threeWaits(
        { submit, clock, target },
        { callback: index === 11 && target.offers.callbacks ? { onArrival } : false },
      ),
    );
    const waits = await Promise.all(each);
    await clock.advance(1);
    return { waits, next: next ?? (await call()).answer };
  };
  return lives.judge('twelve that fail', target, live, judge);
}

test(
  'the waits before the retries MUST grow for every one of several operations',
  clause('retry.backoff-grows', { branch: 'several operations', needs: ['probe', 'clock'] }),
  ({ tools }) => ofTwelve(tools, ({ waits }) => waits.forEach(expectGrowing)),
);

test(
  'the waits before the retries SHOULD grow exponentially, one operation with another',
  clause('retry.backoff-exponential', { branch: 'several operations', needs: ['probe', 'clock'] }),
  ({ tools }) => ofTwelve(tools, ({ waits }) => expectExponentialOnTheWhole(waits)),
);

test(
  'a call MUST be accepted however many operations of its custom API have just failed',
  clause('submit.failure-is-accepted', { branch: 'after many failures', needs: ['probe', 'clock'] }),
  ({ tools }) =>
    ofTwelve(tools, ({ next }) => {
      expect(next, 'status', 'the status of POST right after twelve operations have failed').toSatisfy(
        isAccepted(next),
        '202',
      );
    }),
);

test(
  'the waits before the retries MUST grow when later attempts take long',
  clause('retry.backoff-grows', { branch: 'long attempts', needs: ['probe', 'clock'] }),
  // Only a wait after a short attempt tells whether those after long ones are counted from their starts.
  async ({ submit, clock, target }) =>
    expectGrowing(
      await threeWaits({ submit, clock, target }, { attempts: [fail(), [proceed(110_000), fail()]] }),
    ),
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
