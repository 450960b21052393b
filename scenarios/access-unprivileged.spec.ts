import { members, table } from '../contract/vocabulary.ts';
import { isObject, type Answer } from '../harness/answer.ts';
import type { CheckTools } from '../harness/collect.ts';
import { isAccepted } from '../harness/check/accepted.ts';
import type { Operation } from '../harness/operation.ts';
import type { CallOptions, Called } from '../harness/probe-calls.ts';
import { Blocked, clause, expect, succeed, test } from '../harness/test.ts';
import { atAnyEnd } from './support/any-end.ts';
import { running } from './support/canceling.ts';
import { expectNoOperation } from './support/no-operation.ts';
import { driveToRest, monitorBody, moments } from './support/moments.ts';

/** `PrivilegeDenied`, as the Web API writes codes. */
const privilegeDenied = '0x80040220';

/** The code of an error of the Web API, its digits in lower case. */
function codeOf(answer: Answer): unknown {
  const error = answer.object()?.['error'];
  const code = isObject(error) ? error['code'] : undefined;
  return typeof code === 'string' ? code.toLowerCase() : code;
}

function expectRefused(answer: Answer, what: string): void {
  expect(answer, 'status', `the status of ${what} by a user without the privileges`).toSatisfy(
    answer.status >= 400 && answer.status < 500,
    'a refusal: 4xx',
  );
}

/** Blocks a check of who may submit where the same call is no submission for those who may. */
async function requireSubmission(
  call: CheckTools['call'],
  { answer }: Called,
  options: CallOptions,
): Promise<void> {
  if (!answer.ok || isAccepted(answer)) return;
  const { answer: usual } = await call(options);
  if (!isAccepted(usual)) throw new Blocked('submit.accepted', usual.describe());
}

test(
  'a user without the privileges MUST NOT be able to submit',
  clause('access.privileges-required'),
  async ({ call, client, clock, submit, target }) => {
    const since = await clock.now();
    // That somebody else may do so, and has just done it, changes nothing.
    await call();
    const called = await call({ as: 'unprivileged' });
    await requireSubmission(call, called, {});
    expectRefused(called.answer, 'POST');
    await expectNoOperation({ client, clock, submit, target }, called, 'the refused call', 0, since);
  },
);

/** Further ways to ask for asynchronous processing. */
const otherSpellings: readonly Extract<CallOptions['prefer'], readonly string[]>[] = [
  ['Respond-Async'],
  ['odata.maxpagesize=5,respond-async'],
  ['odata.maxpagesize=5', 'RESPOND-ASYNC'],
];

test(
  'a user without the privileges MUST NOT be able to submit, however the preference is written',
  clause('access.privileges-required', { branch: 'other spellings' }),
  async ({ call, client, clock, submit, target }) => {
    for (const prefer of otherSpellings) {
      const since = await clock.now();
      const called = await call({ as: 'unprivileged', prefer });
      await requireSubmission(call, called, { prefer });
      expectRefused(called.answer, `POST with Prefer: ${prefer.join(' and ')}`);
      await expectNoOperation({ client, clock, submit, target }, called, 'the refused call', 0, since);
    }
  },
);

test(
  'a user without the privileges MUST NOT be able to submit, with a callback neither',
  clause('access.privileges-required', {
    branch: 'with a callback',
    needs: ['probe', 'unprivileged', 'callback'],
  }),
  async ({ call, client, clock, submit, target }) => {
    const since = await clock.now();
    const called = await call({ as: 'unprivileged', callback: true });
    await requireSubmission(call, called, { callback: true });
    expectRefused(called.answer, 'POST with a callback');
    await expectNoOperation({ client, clock, submit, target }, called, 'the refused call', 0, since);
    expect(
      called.callbacks?.deliveries.length,
      'the number of callbacks',
      called.callbacks?.deliveries.at(-1),
    ).toBe(0);
  },
);

test(
  'the refusal of a user without the privileges SHOULD have status 403',
  clause('access.forbidden'),
  async ({ call, target }) => {
    for (const callback of target.offers.callbacks ? [false, true] : [false]) {
      const { answer } = await call({ as: 'unprivileged', callback });
      if (answer.ok) throw new Blocked('access.privileges-required', answer.describe());
      const what = `POST${callback ? ' with a callback' : ''} by a user without the privileges`;
      expect(answer, 'status', `the status of ${what}`).toBe(403);
    }
  },
);

test(
  'the refusal of a user without the privileges SHOULD have the code PrivilegeDenied',
  clause('access.error-code'),
  async ({ call }) => {
    const { answer } = await call({ as: 'unprivileged' });
    if (answer.ok) throw new Blocked('access.privileges-required', answer.describe());
    if (answer.status !== 403) throw new Blocked('access.forbidden', answer.describe());
    expect(codeOf(answer), 'error.code of the 403', answer).toBe(privilegeDenied);
  },
);

/** What a user may try with an operation of others, and the clause by which it is refused. */
const refusedToRead = {
  'GET of the monitor': ['access.unprivileged-monitor', (one: Operation) => one.getMonitor('unprivileged')],
  'DELETE of the monitor': [
    'access.unprivileged-monitor',
    (one: Operation) => one.cancelAtOnce('delete', 'unprivileged'),
  ],
  'GET of the row': ['access.unprivileged-row', (one: Operation) => one.getRow('', [], 'unprivileged')],
  'PATCH of the row': [
    'access.unprivileged-row',
    (one: Operation) => one.cancelAtOnce('patch', 'unprivileged'),
  ],
} as const;

for (const [resource, needs] of [
  ['monitor', ['probe', 'unprivileged']],
  ['row', ['probe', 'unprivileged', 'table']],
] as const)
  test(
    `whatever is refused of the ${resource} SHOULD have status 403 and the code PrivilegeDenied`,
    clause('access.forbidden', { branch: `of the ${resource}`, needs }),
    async ({ submit }) => {
      // At its end a cancellation is refused whoever asks, and maybe for that.
      const { operation, hold } = await running({ submit });
      try {
        await (resource === 'row' ? operation.row() : operation.monitor());
        for (const [what, [blockedBy, send]] of Object.entries(refusedToRead)) {
          if (!what.endsWith(resource)) continue;
          const answer = await send(operation);
          if (answer.ok) throw new Blocked(blockedBy, answer.describe());
          expect(answer, 'status', `the status of ${what} by a user without the privileges`).toBe(403);
          // Which body the monitor's refusals have is left open.
          if (
            resource === 'row'
              ? codeOf(answer) !== privilegeDenied
              : (codeOf(answer) ?? privilegeDenied) !== privilegeDenied
          )
            answer.note(
              'access.error-code',
              `expected the code ${privilegeDenied}, got ${answer.describe()}`,
            );
        }
      } finally {
        hold.release(succeed());
      }
      await operation.settled();
    },
  );

test(
  'a user without the privileges SHOULD NOT be able to read a row',
  clause('access.unprivileged-row', { branch: 'reading' }),
  async ({ submit, as, clock, target }) => {
    const operation = await submit();
    await driveToRest({ clock, target }, operation);
    await operation.row();
    expectRefused(await operation.getRow('', [], 'unprivileged'), 'GET of the row');
    const filter = encodeURIComponent(`${table.key} eq ${operation.id}`);
    const found = await as('unprivileged').api('GET', `${table.set}?$select=name&$filter=${filter}`);
    const rows = found.object()?.['value'];
    expect(rows, 'the rows that a user without the privileges finds', found).toSatisfy(
      !found.ok || (Array.isArray(rows) && rows.length === 0),
      'a refusal, or no row',
    );
  },
);

for (const way of ['delete', 'patch'] as const) {
  const [id, resource] =
    way === 'patch'
      ? (['access.unprivileged-row', 'row'] as const)
      : (['access.unprivileged-monitor', 'monitor'] as const);

  test(
    `a user without the privileges SHOULD NOT be able to cancel through the ${resource}`,
    clause(id, { branch: 'canceling' }),
    async ({ submit, clock, target }) => {
      await moments.executing.enter({ submit, clock, target }, async (operation) => {
        const before = monitorBody(await operation.getMonitor());
        await operation.cancel(way, 'unprivileged');
        const after = monitorBody(await operation.getMonitor());
        const subject = `${members.status} of the monitor after a cancellation without the privileges`;
        expect(after, members.status, subject).toBe(before[members.status]);
      });
    },
  );
}

test(
  'a user without the privileges SHOULD NOT be able to read a monitor',
  clause('access.unprivileged-monitor', { branch: 'reading' }),
  async ({ submit, clock, target }) => {
    const operation = await submit();
    monitorBody(await driveToRest({ clock, target }, operation));
    expectRefused(await operation.getMonitor('unprivileged'), 'GET of the monitor');
  },
);

test(
  'another privileged user MAY see an operation',
  clause('access.other-user'),
  async ({ submit, target, clock, observe }) => {
    const operation = await atAnyEnd({ submit, clock }, {}, (one) => driveToRest({ clock, target }, one));
    const monitor = await operation.getMonitor('other');
    observe(`GET of the monitor by another privileged user is answered ${monitor.status}`);
    if (!target.offers.table) return;
    const row = await operation.getRow('', [], 'other');
    observe(`GET of the row by another privileged user is answered ${row.status}`);
  },
);
