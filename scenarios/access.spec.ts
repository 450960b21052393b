import { table } from '../contract/vocabulary.ts';
import type { Answer } from '../harness/answer.ts';
import type { CheckTools } from '../harness/collect.ts';
import type { Delivery } from '../harness/listener.ts';
import { gatewayMark } from '../harness/client/gateway-mark.ts';
import { Blocked, clause, expect, NotTestable, test, Undecided } from '../harness/test.ts';
import { atAnyEnd } from './support/any-end.ts';
import { calledBack, payloadOf } from './support/callbacks.ts';
import { letItShow } from './support/no-operation.ts';
import { moments, driveToRest, monitorBody } from './support/moments.ts';

type Tools = Pick<CheckTools, 'call' | 'submit' | 'as'>;

/** Requests without a token, by what they are for; each for something that is really there. */
const anonymousRequests: Readonly<
  Record<string, { table: boolean; send: (tools: Tools) => Promise<Answer> }>
> = {
  'POST of a custom API': {
    table: false,
    send: async ({ call }) => (await call({ as: 'anonymous' })).answer,
  },
  'GET of the monitor': {
    table: false,
    send: async ({ submit }) => (await submit()).getMonitor('anonymous'),
  },
  'DELETE of the monitor': {
    table: false,
    send: async ({ submit }) => (await submit()).cancel('delete', 'anonymous'),
  },
  'GET of the row': {
    table: true,
    send: async ({ submit }) => (await submit()).getRow('', [], 'anonymous'),
  },
  'PATCH of the row': {
    table: true,
    send: async ({ submit }) => (await submit()).cancel('patch', 'anonymous'),
  },
  'GET of the table': {
    table: true,
    send: ({ as }) => as('anonymous').api('GET', `${table.set}?$top=1`),
  },
};

for (const [what, { table: needsTable, send }] of Object.entries(anonymousRequests)) {
  const needs = needsTable ? (['auth', 'table'] as const) : (['auth'] as const);

  test(
    `${what} without a token MUST be answered 401`,
    clause('access.anonymous', { branch: what, needs }),
    async ({ call, submit, as }) => {
      const answer = await send({ call, submit, as });
      expect(answer, 'status', `the status of ${what} without a token`).toBe(401);
    },
  );

  test(
    `the 401 to ${what} SHOULD challenge for a bearer token`,
    clause('access.challenge', { branch: what, needs }),
    async ({ call, submit, as }) => {
      const answer = await send({ call, submit, as });
      if (answer.status !== 401) throw new Blocked('access.anonymous', answer.describe());
      requireOwnHeaders(answer);
      expect(answer.header('www-authenticate'), 'WWW-Authenticate', answer.at('www-authenticate')).toMatch(
        /(^|,)\s*Bearer(\s|,|$)/i,
        'a challenge of the scheme Bearer',
      );
    },
  );
}

test(
  'the 401 to an unknown token SHOULD challenge for a bearer token',
  clause('access.challenge', { branch: 'an unknown token', needs: ['auth'] }),
  async ({ as }) => {
    const headers: [string, string][] = [['Authorization', 'Bearer bgop-no-such-token']];
    const answer = await as('anonymous').api('GET', 'WhoAmI', { headers });
    if (answer.status !== 401) throw new NotTestable(`WhoAmI answers ${answer.status} to an unknown token`);
    requireOwnHeaders(answer);
    expect(answer.header('www-authenticate'), 'WWW-Authenticate', answer.at('www-authenticate')).toMatch(
      /(^|,)\s*Bearer(\s|,|$)/i,
      'a challenge of the scheme Bearer',
    );
  },
);

/** Gateways remove the challenge, or rename it: where one left its mark, its absence says nothing of the target. */
function requireOwnHeaders(answer: Answer): void {
  const mark = gatewayMark(answer);
  if (mark === undefined || answer.header('www-authenticate') !== undefined) return;
  throw new Undecided(
    `The 401 has no WWW-Authenticate, and came through a gateway (${mark}), which may have removed it`,
    [],
    'gateway',
  );
}

test(
  'a call without a token MUST NOT be executed',
  clause('access.anonymous', { branch: 'nothing is executed', needs: ['auth'] }),
  async ({ call, submit, clock }) => {
    const { answer, play } = await call({ as: 'anonymous' });
    expect(answer, 'status', 'the status of POST without a token').toBe(401);
    await letItShow({ clock, submit });
    if (play !== undefined) expect(play.attempts, 'length', 'the executions').toBe(0);
  },
);

test(
  'a DELETE without a token MUST NOT cancel',
  clause('access.anonymous', { branch: 'nothing is canceled', needs: ['auth', 'probe'] }),
  async ({ submit, clock, target }) => {
    await moments.executing.enter({ submit, clock, target }, async (operation) => {
      const before = monitorBody(await operation.getMonitor());
      const answer = await operation.cancel('delete', 'anonymous');
      expect(answer, 'status', 'the status of DELETE without a token').toBe(401);
      const after = monitorBody(await operation.getMonitor());
      expect(after, 'the monitor after DELETE without a token', after).toEqual(before);
    });
  },
);

/** Demands that nothing was read without a token; with which status is for access.anonymous to say. */
function expectUnreadable(answer: Answer, what: string): void {
  expect(answer, 'status', `the status of GET of ${what} without a token`).toSatisfy(
    answer.status >= 300 && answer.status < 500,
    'a refusal, or the way to a sign-in',
  );
}

test(
  'reading the monitor of a finished operation MUST need authentication',
  clause('access.monitor-authenticated', { branch: 'after completion' }),
  async ({ submit, clock, target }) => {
    const operation = await atAnyEnd({ submit, clock }, {}, async (one) =>
      monitorBody(await driveToRest({ clock, target }, one)),
    );
    const answer = await operation.getMonitor('anonymous');
    expectUnreadable(answer, 'the monitor');
  },
);

test(
  'reading the location of a callback MUST need authentication',
  clause('access.monitor-authenticated', {
    branch: 'at the callback’s location',
    needs: ['probe', 'auth', 'callback'],
  }),
  async ({ submit, as, client, clock, target }) => {
    const operation = await atAnyEnd({ submit, clock }, { callback: true }, async (one) => {
      await driveToRest({ clock, target }, one);
      await calledBack(one, target);
    });
    const [callback] = operation.callbacks;
    const path = callback === undefined ? '' : locationIn(callback);
    const known = await client.monitor({ method: 'GET', path });
    await operation.monitor();
    if (!known.ok) throw new Blocked('callback.location', known.describe());
    const unknown = await as('anonymous').send({ method: 'GET', path });
    expectUnreadable(unknown, 'the callback’s location');
  },
);

function locationIn(delivery: Delivery): string {
  const { location } = payloadOf(delivery);
  if (typeof location === 'string') return location;
  throw new Blocked('callback.location', `the callback’s body is ${delivery.body}`);
}
