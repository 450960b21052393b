import { errorCodes } from '../contract/vocabulary.ts';
import { isObject, type Answer } from '../harness/answer.ts';
import type { CheckTools } from '../harness/collect.ts';
import { Blocked, clause, expect, fail, NotReached, NotTestable, succeed, test } from '../harness/test.ts';
import { monitorPath } from '../harness/operation.ts';
import { defaultErrorMessage } from '../harness/plan.ts';
import { expectNoOperation, letARetryShow } from './support/no-operation.ts';
import { sameValue } from './support/values.ts';
import { comes } from './support/waiting.ts';

/** Calls the probe with preferences among which respond-async is not, and demands a synchronous answer. */
async function expectSynchronous(
  { call, ...tools }: Pick<CheckTools, 'call' | 'client' | 'clock' | 'submit' | 'target'>,
  prefer: string | null,
): Promise<void> {
  const what = prefer === null ? 'a call without Prefer' : `a call with Prefer: ${prefer}`;
  const since = await tools.clock.now();
  const called = await call({ prefer, attempts: [succeed()] });
  expect(called.answer, 'status', `the status of ${what}`).toBe(200);
  const body = called.answer.object();
  for (const [name, value] of Object.entries(called.outputs))
    expect(body?.[name], `the output ${name} of ${what}`, body).toSatisfy(
      sameValue(name, value, body?.[name]),
      JSON.stringify(value),
    );
  await expectNoOperation(tools, called, what, 1, since);
  const [attempt] = called.play?.attempts ?? [];
  expect(attempt?.calls[0]?.backgroundOperationId, `the operation that executes ${what}`).toBeAbsent();
}

test(
  'a call without Prefer MUST run synchronously and start no operation',
  clause('submit.synchronous-without-preference'),
  async ({ call, client, clock, submit, target }) => {
    await expectSynchronous({ call, client, clock, submit, target }, null);
  },
);

for (const prefer of [
  'return=representation',
  'odata.include-annotations="*"',
  'odata.maxpagesize=10',
  'wait=0',
  // Not return=minimal, for which the outputs may stay away (OData 4.01, 8.2.8.7).
  'return=representation, handling=lenient, odata.track-changes, wait=1',
]) {
  test(
    `a call with no preference but ${prefer} MUST run synchronously and start no operation`,
    clause('submit.synchronous-without-preference', { branch: prefer }),
    async ({ call, client, clock, submit, target }) => {
      await expectSynchronous({ call, client, clock, submit, target }, prefer);
    },
  );
}

/** Demands that a synchronous call is answered with the error of its attempt. */
function expectError(answer: Answer, text: string): void {
  if (answer.status === 202) throw new Blocked('submit.synchronous-without-preference', answer.describe());
  expect(answer, 'status', 'the status of a synchronous call that fails').toSatisfy(
    answer.status >= 400 && answer.status <= 599,
    'a status of an error, 4xx or 5xx',
  );
  const error = answer.object()?.['error'];
  const message = isObject(error) ? error['message'] : undefined;
  expect(message, 'the error’s message', answer).toContain(text);
}

test(
  'a call without Prefer that fails MUST start no operation',
  clause('submit.synchronous-without-preference', { branch: 'one that fails' }),
  async ({ call, client, clock, submit, target }) => {
    const since = await clock.now();
    const called = await call({ prefer: null, attempts: [fail()] });
    expect(called.answer, 'status', 'the status of a call without Prefer').toSatisfy(
      called.answer.status !== 202,
      'any other than 202',
    );
    const what = 'a call without Prefer that fails';
    const attempts = called.play?.attempts.length ?? 1;
    if (attempts !== 1) throw new Blocked('submit.synchronous-not-retried', `${attempts} attempts were made`);
    await expectNoOperation({ client, clock, submit, target }, called, what, 1, since);
  },
);

test(
  'the event MUST NOT tell of a call without Prefer, which starts no operation',
  clause('submit.synchronous-without-preference', { branch: 'no event', needs: ['probe', 'event'] }),
  async ({ call, client, events, submit, target }) => {
    await events.subscribe();
    const untilTold = async (): Promise<void> => {
      const operation = await submit();
      await operation.settled();
      if (await comes(target, () => events.of(operation.id).length > 0)) return;
      throw new NotReached('event.each-completion', 'no event came of an operation either');
    };
    await untilTold();
    const before = performance.now();
    for (const attempts of [[succeed()], [fail()]]) await call({ prefer: null, attempts });
    // What is told of the calls is told before what is told of a later operation.
    await untilTold();
    const own = (await client.api('GET', 'WhoAmI')).object()?.['UserId'];
    for (const { body, inputs, delivery } of events.since(before)) {
      // What others do meanwhile are operations, which may be hidden from the suite.
      if (String(body['InitiatingUserId']).toLowerCase() !== String(own).toLowerCase()) continue;
      const id = String(inputs.get('BackgroundOperationId'));
      const answer = await client.send({ method: 'GET', path: monitorPath(id) });
      expect(answer.status, 'the status of the monitor that an event tells of', delivery).toSatisfy(
        answer.status !== 404,
        'that of an operation: not 404',
      );
    }
  },
);

test(
  'a synchronous call that fails SHOULD make one attempt and answer with the error',
  clause('submit.synchronous-not-retried'),
  async ({ call, clock, submit, target, sdk }) => {
    const { answer, play } = await call({ prefer: null, attempts: [fail()] });
    const bySdk = target.offers.sdk ? await sdk.callNow({ attempts: [fail()] }) : undefined;
    const { probe } = target.config.target;
    const message = probe.kind === 'fixed' ? probe.fails?.errorMessage : defaultErrorMessage;
    expectError(answer, message ?? '');
    if (play === undefined) return;
    await letARetryShow({ clock, submit, target });
    expect(play.attempts, 'length', 'the attempts of a synchronous call').toBe(1);
    const made = bySdk?.play?.attempts.length ?? 0;
    expect(made, 'the attempts of a synchronous call over the organization service').toSatisfy(
      made <= 1,
      'one',
    );
  },
);

/** Errors of the platform, some of which are passing ones: a crash of the sandbox, an error and a time-out of SQL. */
const platformCodes = [
  errorCodes.accessDenied,
  -2_147_204_723,
  -2_147_204_784,
  -2_147_204_783,
  -2_147_220_891,
  -2_147_220_970,
];

test(
  'a synchronous call that fails with an error of the platform SHOULD make one attempt',
  clause('submit.synchronous-not-retried', { branch: 'with a platform code' }),
  async ({ call, clock, submit, target }) => {
    const calls = platformCodes.map(async (code) => {
      const message = `The platform failed with ${code}.`;
      return { code, message, ...(await call({ prefer: null, attempts: [fail(message, code), succeed()] })) };
    });
    const called = await Promise.all(calls);
    await letARetryShow({ clock, submit, target });
    for (const { code, message, answer, play } of called) {
      expectError(answer, message);
      const made = play?.attempts.length;
      expect(made, `the attempts of a synchronous call that fails with ${code}`, play?.attempts.at(-1)).toBe(
        1,
      );
    }
  },
);

test(
  'a synchronous call that goes wrong by itself SHOULD make one attempt',
  clause('submit.synchronous-not-retried', { branch: 'unplanned failure', needs: ['probe', 'clock'] }),
  async ({ call, clock, submit, target }) => {
    const calls = [500, 502, 503].map(async (status) => ({
      status,
      ...(await call({ prefer: null, attempts: [{ outcome: 'odd', status, body: '' }, succeed()] })),
    }));
    const called = await Promise.all(calls);
    await letARetryShow({ clock, submit, target });
    for (const { status, answer, play } of called) {
      expectError(answer, '');
      const made = play?.attempts.length;
      expect(made, `the attempts of a synchronous call whose probe was answered ${status}`, answer).toBe(1);
    }
  },
);

test(
  'an unknown parameter SHOULD be answered 400 at once and start no operation',
  clause('submit.invalid-parameter-refused', { branch: 'unknown' }),
  async ({ call, client, clock, submit, target }) => {
    // The names of parameters are sensitive to case.
    const other = target.config.target.probe.kind === 'fixed' ? [] : ['payload'];
    const callback = target.offers.callbacks;
    const unknown: [name: string, value: string | null, callback: boolean][] = [
      ['bgopNoSuchParameter', 'x', callback],
      ['bgopNoSuchParameter', null, false],
      ...other.map((name): [string, string, boolean] => [name, 'x', false]),
    ];
    for (const [name, value, asked] of unknown) {
      const since = await clock.now();
      const called = await call({ body: { [name]: value }, callback: asked });
      const what = `a call with an unknown parameter, ${name}: ${String(value)}${asked ? ', and a callback' : ''}`;
      expect(called.answer, 'status', `the status of ${what}`).toBe(400);
      await expectNoOperation({ client, clock, submit, target }, called, what, 0, since);
    }
  },
);

for (const [kind, value] of [
  ['a number', 42],
  ['a boolean', true],
  ['an object', { text: 'x' }],
  ['an array', ['x']],
] as const) {
  test(
    `${kind} for a String parameter SHOULD be answered 400 at once and start no operation`,
    clause('submit.invalid-parameter-refused', { branch: `wrong type: ${kind}` }),
    async ({ call, client, clock, submit, target }) => {
      if (target.config.target.probe.kind === 'fixed')
        throw new NotTestable('needs parameters of known types: target.probe is "fixed"');
      const since = await clock.now();
      const called = await call({ body: { Payload: value } });
      const what = `a call with ${kind} for a String`;
      expect(called.answer, 'status', `the status of ${what}`).toBe(400);
      await expectNoOperation({ client, clock, submit, target }, called, what, 0, since);
    },
  );
}
