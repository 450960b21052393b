import { Blocked, clause, expect, test } from '../harness/test.ts';
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
    const since = await clock.now();
    const called = await sdk.call({ as: 'unprivileged' });
    const { soap, answer } = called;
    const refused = soap.fault !== undefined || (answer.status >= 400 && answer.status < 500);
    expect(soap.describe(), 'the answer to a user without the privileges', soap).toSatisfy(
      refused,
      'a fault, or 403',
    );
    await expectNoOperation({ client, clock, submit, target }, called, 'the refused call', 0, since);
  },
);
