import { pairs } from '../contract/vocabulary.ts';
import { Blocked, clause, expect, succeed, test } from '../harness/test.ts';
import { running } from './support/canceling.ts';
import { partOf } from '../harness/origin.ts';
import { sameCodes } from '../harness/reading.ts';
import { pairText, shownPair } from './support/codes.ts';
import { expectNoOperation, letItShow } from './support/no-operation.ts';

test(
  'ExecuteBackgroundOperation without a token MUST be answered 401, and executed never',
  clause('sdk.anonymous', { branch: 'ExecuteBackgroundOperation' }),
  async ({ sdk, submit, clock }) => {
    const { answer, play } = await sdk.call({ as: 'anonymous' });
    expect(answer, 'status', 'the status without a token').toBe(401);
    await letItShow({ clock, submit });
    if (play !== undefined) expect(play.attempts, 'length', 'the executions').toBe(0);
  },
);

test('the 401 SHOULD name authorization_uri and resource_id', clause('sdk.challenge'), async ({ sdk }) => {
  const { answer } = await sdk.call({ as: 'anonymous' });
  if (answer.status !== 401) throw new Blocked('sdk.anonymous', answer.describe());
  const challenge = answer.header('www-authenticate');
  expect(challenge, 'WWW-Authenticate', answer).toMatch(
    /(^|,)\s*Bearer\s/i,
    'a challenge of the scheme Bearer',
  );
  for (const key of ['authorization_uri', 'resource_id'])
    expect(challenge, 'WWW-Authenticate', answer).toMatch(new RegExp(`[\\s,]${key}\\s*=\\s*"?\\S`, 'i'), key);
});

test(
  'a user without the privileges MUST NOT be able to submit',
  clause('sdk.unprivileged'),
  async ({ sdk, client, clock, submit, target }) => {
    // Whether a callback is asked for, and what somebody else may do at the same moment, changes nothing.
    for (const callback of target.offers.callbacks ? [false, true] : [false]) {
      const since = await clock.now();
      await sdk.call({ callback });
      const called = await sdk.call({ as: 'unprivileged', callback });
      const { soap, answer } = called;
      const refused = soap.fault !== undefined || (answer.status >= 400 && answer.status < 500);
      expect(
        soap.describe(),
        `the answer to a user without the privileges${callback ? ' who asks for a callback' : ''}`,
        soap,
      ).toSatisfy(refused, 'a fault, or 403');
      await expectNoOperation({ client, clock, submit, target }, called, 'the refused call', 0, since);
    }
  },
);

for (const [as, id, who] of [
  ['anonymous', 'sdk.anonymous', 'without a token'],
  ['unprivileged', 'sdk.unprivileged', 'by a user without the privileges'],
] as const)
  test(
    `Retrieve and Update ${who} MUST be refused, and cancel nothing`,
    clause(id, {
      branch: 'Retrieve and Update',
      needs: ['sdk', 'probe', 'table', as === 'anonymous' ? 'auth' : as],
    }),
    async ({ sdk, submit }) => {
      const { operation, hold } = await running({ submit });
      try {
        await operation.row();
        const before = await operation.monitor();
        for (const [what, soap] of [
          ['Retrieve', await sdk.retrieve(operation.id, undefined, undefined, as)],
          ['Update', await sdk.update(operation.id, pairs.canceling, undefined, as)],
        ] as const) {
          const { status } = soap.answer;
          const refused = soap.fault !== undefined || (status >= 400 && status < 500);
          if (as === 'anonymous') expect(soap.answer, 'status', `the status of ${what} ${who}`).toBe(401);
          else
            expect(soap.describe(), `the answer to ${what} ${who}`, soap).toSatisfy(
              refused,
              'a fault, or 403',
            );
        }
        const after = await operation.monitor();
        expect(
          shownPair(after),
          `the codes of the monitor after Update ${who}`,
          partOf(after, 'codes'),
        ).toSatisfy(sameCodes(after, before) || sameCodes(after, pairs.inProgress), pairText(before));
      } finally {
        hold.release(succeed());
      }
      await operation.settled();
    },
  );
