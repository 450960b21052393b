import type { CheckTools } from '../harness/collect.ts';
import type { CancelWay, Operation } from '../harness/operation.ts';
import type { ProbeAnswer } from '../harness/plan.ts';
import { Words } from '../harness/expect.ts';
import { clause, expect, fail, Hold, succeed, test, Undecided } from '../harness/test.ts';
import { ways } from './support/canceling.ts';
import { pairText } from './support/codes.ts';
import { noneCome } from './support/further.ts';
import { lastReading } from './support/passing.ts';
import { requireCancelable, rowThere, shoot, turns, unclean, type Shot } from './support/race.ts';
import { passes } from './support/waiting.ts';

const races = 12;

type Tools = Pick<CheckTools, 'submit' | 'clock' | 'target'>;

/** One operation in a race, with the cancellations that were fired at it. */
interface Contestant {
  readonly operation: Operation;
  readonly attemptsAtMost: number;
  readonly shots: readonly Shot[];
}

/** Demands that exactly one side won each race, and that the result stays. */
async function expectClean(
  { target }: Pick<Tools, 'target'>,
  contestants: readonly Contestant[],
): Promise<void> {
  const judge = async ({ operation, attemptsAtMost, shots }: Contestant): Promise<void> => {
    const end = await lastReading(target, operation);
    const wrong = unclean({ shots, attempts: operation.attempts, end, attemptsAtMost });
    const shown = `${operation.attempts.length} attempts, ${pairText(end)}`;
    expect(new Words(wrong ?? shown), 'the race of a cancellation with the operation', end).toSatisfy(
      wrong === undefined,
      'exactly one winner',
    );
  };
  for (const contestant of contestants) await judge(contestant);
  const [first] = contestants;
  await (first === undefined ? passes(target) : noneCome(target, first.operation, first.attemptsAtMost));
  for (const contestant of contestants) await judge(contestant);
}

/** Lets an operation start: on a virtual clock it waits for that, on a real one it starts by itself. */
async function letStart({ clock }: Pick<Tools, 'clock'>): Promise<void> {
  if (clock.virtual) await clock.advance(1);
}

for (const { way, name, needs } of ways) {
  test(
    `of a cancellation by ${name} and a start exactly one MUST win, when both come at once`,
    clause('cancel.race', { branch: `start, by ${name}`, needs: ['probe', ...needs] }),
    async ({ submit, clock, target }) => {
      await requireCancelable({ submit, target }, way);
      const contestants: Contestant[] = [];
      for (let race = 0; race < races; race += 1) {
        const { operation, letEnd } = await heldOpen({ submit });
        if (way === 'patch') await rowThere(target, operation);
        const lead = Math.floor(race / 2);
        const start = turns(race % 4 < 2 ? lead : 0).then(() => letStart({ clock }));
        const shot = turns(race % 4 < 2 ? 0 : lead).then(() => shoot({ clock }, operation, way));
        const [fired] = await Promise.all([shot, start]).finally(() =>
          letEnd(race % 2 === 0 ? fail() : succeed()),
        );
        contestants.push({ operation, attemptsAtMost: 1, shots: [fired] });
      }
      await expectClean({ target }, contestants);
    },
  );

  test(
    `of a cancellation by ${name} and the end of an attempt exactly one MUST win, when both come at once`,
    clause('cancel.race', { branch: `end, by ${name}`, needs: ['probe', ...needs] }),
    async ({ submit, clock, target }) => {
      await requireCancelable({ submit, target }, way);
      const contestants = await Promise.all(
        Array.from({ length: races }, (_none, race) => atItsEnd({ submit, clock, target }, way, race)),
      );
      await letStart({ clock });
      const finished = contestants.map(async ({ operation, fired }) => {
        await operation.started();
        return { operation, attemptsAtMost: 1, shots: await fired };
      });
      await expectClean({ target }, await Promise.all(finished));
    },
  );
}

/**
 * An operation whose attempt, once it has started, does not end before it is told to: however late a
 * cancellation comes on a busy machine, the attempt has not failed before it.
 */
async function heldOpen({ submit }: Pick<Tools, 'submit'>): Promise<{
  operation: Operation;
  letEnd: (answer: ProbeAnswer) => void;
}> {
  const hold = new Hold(1_000);
  const operation = await submit({ attempts: [hold] });
  return { operation, letEnd: (answer) => hold.release(answer) };
}

/** An operation at which a cancellation is fired in the moment in which its attempt is told to succeed. */
async function atItsEnd(
  { submit, clock, target }: Tools,
  way: CancelWay,
  delay: number,
): Promise<{ operation: Operation; fired: Promise<Shot[]> }> {
  let fire: (shot: Promise<Shot>) => void = () => undefined;
  const fired = new Promise<Shot>((resolve) => (fire = resolve)).then((shot) => [shot]);
  const operation = await submit({
    attempts: [succeed()],
    during: {
      1: (running) => {
        // Not awaited: the attempt ends while the cancellation is on its way.
        fire(turns(delay % 6).then(() => shoot({ clock }, running, way)));
        return Promise.resolve();
      },
    },
  });
  // Whoever awaits it later is told; until then nobody handles it.
  fired.catch(() => undefined);
  if (way === 'patch') await rowThere(target, operation);
  return { operation, fired };
}

test(
  'of several cancellations at once and a start exactly one side MUST win',
  clause('cancel.race', { branch: 'several cancellations', needs: ['probe', 'table'] }),
  async ({ submit, clock, target }) => {
    await requireCancelable({ submit, target }, 'delete');
    const contestants: Contestant[] = [];
    for (let race = 0; race < races / 2; race += 1) {
      const { operation, letEnd } = await heldOpen({ submit });
      await rowThere(target, operation);
      const start = turns(race).then(() => letStart({ clock }));
      const [, ...shots] = await Promise.all([
        start,
        shoot({ clock }, operation, 'delete'),
        turns(race % 3).then(() => shoot({ clock }, operation, 'patch')),
        turns(race % 2).then(() => shoot({ clock }, operation, 'delete')),
      ]).finally(() => letEnd(fail()));
      contestants.push({ operation, attemptsAtMost: 1, shots });
    }
    await expectClean({ target }, contestants);
  },
);

test(
  'of a cancellation and a retry exactly one MUST win, whenever it comes',
  clause('cancel.race', { branch: 'retry', needs: ['probe', 'clock'] }),
  async ({ submit, clock, target }) => {
    await requireCancelable({ submit, target }, 'delete');
    const contestants: Contestant[] = [];
    for (let race = 0; race < races; race += 1) {
      const operation = await submit({ attempts: [fail()] });
      await operation.started();
      const [shot] = await Promise.all([
        turns(race * 3).then(() => shoot({ clock }, operation, 'delete')),
        clock.advance(24 * 60 * 60 * 1_000),
      ]);
      // It may have come between any two attempts, after which another one is only a SHOULD NOT.
      contestants.push({ operation, attemptsAtMost: Number.POSITIVE_INFINITY, shots: [shot] });
    }
    if (contestants.every(({ operation }) => operation.attempts.length === 0))
      throw new Undecided('no attempt was ever made');
    await expectClean({ target }, contestants);
  },
);
