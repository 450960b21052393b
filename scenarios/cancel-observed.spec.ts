import { table } from '../contract/vocabulary.ts';
import type { Answer, JsonObject } from '../harness/answer.ts';
import { excerpt } from '../harness/mask/excerpt.ts';
import type { Operation } from '../harness/operation.ts';
import type { TargetClock } from '../harness/clock.ts';
import { clause, fail, succeed, test, type Hold } from '../harness/test.ts';
import { running } from './support/canceling.ts';
import { pairText } from './support/codes.ts';

for (const [what, answer] of [
  ['succeeded', succeed()],
  ['failed', fail()],
] as const) {
  test(
    `a canceled operation whose attempt ${what} MAY end with the attempt's outcome or as (3,32)`,
    clause('cancel.running-outcome', { branch: what }),
    async ({ submit, observe }) => {
      const { operation, hold } = await running({ submit });
      await operation.canceled();
      hold.release(answer);
      const reading = await operation.settled();
      observe(`A canceled operation whose attempt ${what} ended as ${pairText(reading)}.`);
    },
  );
}

test(
  'a cancellation by another user than the initiator MAY be refused',
  clause('cancel.by-another-user'),
  async ({ submit, target, clock, observe }) => {
    for (const way of target.offers.table ? (['delete', 'patch'] as const) : (['delete'] as const)) {
      const { operation, hold } = await running({ submit });
      const answer = await operation.cancel(way, 'other');
      const after = await operation.monitor();
      observe(`${words(answer)} when another user canceled; then the monitor showed ${pairText(after)}.`);
      await letGo(hold, clock);
    }
  },
);

/** Changes of the two columns other than the documented one. */
const otherChanges: readonly { what: string; body: JsonObject }[] = [
  { what: 'the state alone', body: { [table.state]: 2 } },
  { what: 'the status alone', body: { [table.status]: 22 } },
  { what: '(3,32)', body: { [table.state]: 3, [table.status]: 32 } },
  { what: '(2,20)', body: { [table.state]: 2, [table.status]: 20 } },
  { what: 'the pair and another column', body: { [table.state]: 2, [table.status]: 22, name: 'renamed' } },
];

test(
  'a PATCH of only one of the two columns, or of another pair, MAY be refused',
  clause('cancel.partial-patch'),
  async ({ submit, client, clock, observe }) => {
    for (const { what, body } of otherChanges) {
      const { operation, hold } = await running({ submit });
      const answer = await client.api('PATCH', operation.rowResource(), {
        headers: [['If-Match', '*']],
        body,
      });
      observe(`${words(answer)} to a PATCH of ${what}; ${await shown(operation)}.`);
      await letGo(hold, clock);
    }
  },
);

test(
  'a PATCH without If-Match MAY cancel, replace the row or be refused',
  clause('cancel.without-if-match'),
  async ({ submit, client, clock, observe }) => {
    const { operation, hold } = await running({ submit });
    const answer = await client.api('PATCH', operation.rowResource(), {
      body: { [table.state]: 2, [table.status]: 22 },
    });
    observe(`${words(answer)} to a PATCH without If-Match; ${await shown(operation)}.`);
    await letGo(hold, clock);
  },
);

/** Lets the attempt succeed. Nothing is asked of the operation any more: it may have been replaced. */
async function letGo(hold: Hold, clock: TargetClock): Promise<void> {
  hold.release(succeed());
  if (clock.virtual) await clock.advance(2 * hold.milliseconds);
}

function words({ status, request }: Answer): string {
  return `${request.method} was answered ${status}`;
}

/** What the monitor shows, whatever that is: such a PATCH may leave anything behind. */
async function shown(operation: Operation): Promise<string> {
  const answer = await operation.getMonitor();
  return `then the monitor answered ${answer.status} with ${excerpt(answer.body, 200)}`;
}
