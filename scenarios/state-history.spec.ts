import { pairs } from '../contract/vocabulary.ts';
import { sameCodes } from '../harness/reading.ts';
import { Words } from '../harness/expect.ts';
import { clause, expect, fail, proceed, succeed, test } from '../harness/test.ts';
import type { Need } from '../contract/clause.ts';
import { pairText } from './support/codes.ts';
import { contradiction } from './support/history.ts';
import { observeLife, type ObservedLife } from './support/observing.ts';
import { comes } from './support/waiting.ts';

const brief = proceed(100);

const lives: readonly (ObservedLife & { what: string; needs?: readonly Need[] })[] = [
  { what: 'succeeds', attempts: [[brief, brief, succeed()]] },
  {
    what: 'fails, is retried and succeeds',
    attempts: [[brief, fail()], fail(), [brief, succeed()]],
    needs: ['probe', 'clock', 'slow'],
  },
  {
    what: 'fails in every attempt',
    attempts: [fail(), [brief, fail()], [brief, brief, fail()], fail()],
    needs: ['probe', 'clock', 'slow'],
  },
  {
    what: 'is canceled by DELETE during its attempt and succeeds',
    attempts: [[brief, brief, brief, proceed(1_500), succeed()]],
    cancel: { way: 'delete', inRound: 4 },
  },
  {
    what: 'is canceled by PATCH during its attempt and fails',
    attempts: [[brief, brief, brief, proceed(1_500), fail()]],
    cancel: { way: 'patch', inRound: 4 },
    needs: ['probe', 'table'],
  },
  {
    what: 'is canceled as it starts',
    attempts: [[brief, succeed()]],
    cancel: { way: 'delete', inRound: 1 },
  },
  {
    what: 'is canceled as it ends',
    attempts: [[brief, succeed()]],
    cancel: { way: 'delete', inRound: 9 },
    needs: ['probe', 'clock'],
  },
  {
    what: 'is canceled before it starts',
    attempts: [[brief, succeed()]],
    cancel: { way: 'delete', inRound: 0 },
    needs: ['probe', 'clock'],
  },
  {
    what: 'is canceled among its retries',
    attempts: [fail(), [brief, fail()], fail(), fail()],
    cancel: { way: 'delete', inRound: 11 },
    needs: ['probe', 'clock'],
  },
];

for (const { what, needs, ...life } of lives) {
  test(
    `what concurrent readers see of one operation MUST be one legal history, of one that ${what}`,
    clause('state.legal-history', { branch: what, ...(needs === undefined ? {} : { needs }) }),
    async ({ submit, clock, properties }) => {
      const rounds = await observeLife({ submit, clock, properties }, life);
      const wrong = contradiction(rounds);
      const shown = rounds.map((round) => round.seen.map(pairText).join(' ')).join(' | ');
      expect(new Words(wrong ?? shown), 'the codes of the operation, one read after the other').toSatisfy(
        wrong === undefined,
        'an order that the lifecycle allows',
      );
    },
  );
}

test(
  'an operation that waits for a retry MAY be (0,0) or (2,20)',
  clause('state.between-attempts'),
  async ({ submit, target, observe }) => {
    const operation = await submit({ attempts: [fail(), succeed()] });
    await operation.started();
    // On a real clock the failure may take a moment to be seen.
    let reading = await operation.monitor();
    await comes(target, async () => {
      reading = await operation.monitor();
      return target.clock.virtual || !sameCodes(reading, pairs.inProgress) || operation.attempts.length > 1;
    });
    observe(`While a retry was awaited the monitor showed ${pairText(reading)}.`);
  },
);
