import type { Need } from '../contract/clause.ts';
import type { CheckTools } from '../harness/collect.ts';
import { sameCodes } from '../harness/reading.ts';
import type { Answer } from '../harness/answer.ts';
import type { CancelWay, Operation } from '../harness/operation.ts';
import { clause, expect, fail, succeed, test } from '../harness/test.ts';
import { running, ways } from './support/canceling.ts';
import { pairText } from './support/codes.ts';
import { lastReading, untilBetween } from './support/passing.ts';
import { snapshot } from './support/snapshot.ts';
import { endInCommon, inCommon, type CanceledWhile } from './support/undecided-by-contract.ts';

/** A moment at which operations are canceled, and how they are let go afterwards. */
interface Situation {
  readonly when: string;
  /** What the cancellation meets. */
  readonly met: CanceledWhile;
  readonly needs: readonly Need[];
  /** Brings a new operation there; the function that it gives lets it go on. */
  readonly reach: (submit: CheckTools['submit']) => Promise<{ operation: Operation; letGo: () => void }>;
}

const situations: readonly Situation[] = [
  {
    when: 'before the start',
    met: 'idle',
    needs: ['probe', 'clock'],
    reach: async (submit) => ({ operation: await submit(), letGo: () => undefined }),
  },
  {
    when: 'in an attempt that succeeds',
    met: 'succeeding',
    needs: ['probe'],
    reach: async (submit) => {
      const { operation, hold } = await running({ submit });
      return { operation, letGo: () => hold.release(succeed()) };
    },
  },
  {
    when: 'in an attempt that fails',
    met: 'failing',
    needs: ['probe'],
    reach: async (submit) => {
      const { operation, hold } = await running({ submit });
      return { operation, letGo: () => hold.release(fail()) };
    },
  },
  {
    when: 'between two attempts',
    met: 'idle',
    needs: ['probe', 'clock'],
    reach: async (submit) => {
      const operation = await submit({ attempts: [fail()] });
      await untilBetween(operation);
      return { operation, letGo: () => undefined };
    },
  },
];

for (const { when, met, needs, reach } of situations) {
  test(
    `DELETE and PATCH MUST have the same effect ${when}`,
    clause('cancel.ways-are-equal', { branch: when, needs: [...needs, 'table'] }),
    async ({ submit, target }) => {
      const effects: unknown[] = [];
      for (const { way } of ways) {
        const { operation, letGo } = await reach(submit);
        await operation.canceled(way);
        letGo();
        await operation.finished();
        effects.push(inCommon(await snapshot(operation, target), met));
      }
      expect(
        effects[1],
        `what became of an operation canceled by PATCH, held against DELETE, ${when}`,
      ).toEqual(effects[0]);
    },
  );
}

for (const { way, name } of ways) {
  test(
    `a cancellation by ${name} MUST be seen on monitor and row alike while the attempt goes on`,
    clause('cancel.ways-are-equal', { branch: `monitor and row, by ${name}` }),
    async ({ submit }) => {
      const { operation, hold } = await running({ submit });
      await operation.canceled(way);
      const monitor = await operation.monitor();
      const row = await operation.rowWhen((one) => sameCodes(one, monitor));
      expect(pairText(row), `the codes of the row beside the monitor's, canceled by ${name}`, row).toBe(
        pairText(monitor),
      );
      hold.release(succeed());
      await operation.finished();
    },
  );
}

/** Two cancellations of one operation, one after the other or at once. */
const repetitions: readonly { name: string; first: CancelWay; second: CancelWay; atOnce?: true }[] = [
  { name: 'by DELETE twice', first: 'delete', second: 'delete' },
  { name: 'by DELETE and then PATCH', first: 'delete', second: 'patch' },
  { name: 'by PATCH and then DELETE', first: 'patch', second: 'delete' },
  { name: 'by PATCH twice', first: 'patch', second: 'patch' },
  { name: 'by two DELETEs at once', first: 'delete', second: 'delete', atOnce: true },
];

async function cancelTwice(
  operation: Operation,
  { first, second, atOnce }: (typeof repetitions)[number],
): Promise<Answer[]> {
  if (atOnce === true) return Promise.all([operation.cancel(first), operation.cancel(second)]);
  await operation.canceled(first);
  return [await operation.cancel(second)];
}

for (const { when, met, needs, reach } of situations.slice(0, 3)) {
  for (const repetition of repetitions) {
    const table: Need[] = [repetition.first, repetition.second].includes('patch') ? ['table'] : [];
    test(
      `canceling ${repetition.name} SHOULD come to the same as canceling once, ${when}`,
      clause('cancel.twice', { branch: `${repetition.name}, ${when}`, needs: [...needs, ...table] }),
      async ({ submit, target }) => {
        const once = await reach(submit);
        await once.operation.canceled(repetition.first);
        once.letGo();
        const expected = await lastReading(target, once.operation);

        const { operation, letGo } = await reach(submit);
        const answers = await cancelTwice(operation, repetition);
        for (const answer of answers)
          expect(answer, 'status', 'the status of a cancellation').toBeAtMost(499);
        letGo();
        const outcome = await lastReading(target, operation);
        expect(endInCommon(outcome, met), 'the codes at the end after two cancellations', outcome).toBe(
          endInCommon(expected, met),
        );
        expect(
          operation.parts.play?.attempts.length,
          'the number of attempts',
          operation.parts.play?.attempts.at(-1),
        ).toBe(once.operation.parts.play?.attempts.length);
      },
    );
  }
}
