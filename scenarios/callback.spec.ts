import type { Operation } from '../harness/operation.ts';
import type { Target } from '../harness/target.ts';
import { errorCodes, headers, members, pairs, preferences } from '../contract/vocabulary.ts';
import { isAccepted } from '../harness/check/accepted.ts';
import type { CheckTools } from '../harness/collect.ts';
import type { ProbeAnswer } from '../harness/plan.ts';
import { callbackField } from '../harness/preferences.ts';
import { sameCodes } from '../harness/reading.ts';
import { Blocked, clause, expect, fail, Hold, NotTestable, succeed, test } from '../harness/test.ts';
import { atAnyEnd, calledBackAtAnyEnd } from './support/any-end.ts';
import { ofCompletion, requireOneCallback } from './support/callbacks.ts';
import { completions } from './support/completions.ts';
import { requireOneId } from './support/one-id.ts';
import { comes } from './support/waiting.ts';

for (const { when, details, prefer } of [
  {
    when: 'when a callback will come',
    details: clause('callback.preference-applied'),
    prefer: (url: string) => `respond-async, odata.callback; url="${url}"`,
  },
  {
    when: 'wherever it was asked for',
    details: clause('callback.preference-applied', { branch: 'the callback first' }),
    prefer: (url: string) => `odata.callback; url="${url}", respond-async`,
  },
])
  test(`Preference-Applied MUST contain callback ${when}`, details, async ({ submit, target, clock }) => {
    const options = { callback: true, prefer } as const;
    const operation = await submit(options);
    const { accepted } = operation;
    const applied = accepted.headerValues(headers.preferenceApplied).join(',');
    const names = applied.split(',').map((one) => one.split(/[;=]/, 1)[0]?.trim().toLowerCase());
    expect(applied, 'Preference-Applied of the 202', accepted).toSatisfy(
      names.includes(preferences.plainCallback),
      'a list with callback',
    );
    await calledBackAtAnyEnd({ submit, clock, target }, options);
  });

test(
  'the 202 SHOULD have a JSON body with id and location, as in its headers',
  clause('callback.accepted-body'),
  async ({ submit }) => {
    const operation = await submit({ callback: true });
    requireOneId(operation);
    const { accepted, id } = operation;
    if (accepted.status !== 202) throw new Blocked('submit.accepted', accepted.describe());
    expect(accepted, 'mediaType', 'the media type of the 202').toBe('application/json');
    const body = accepted.object();
    expect(String(body?.[members.id]).toLowerCase(), `${members.id} in the 202`, body).toBe(id);
    expect(body?.[members.location], `${members.location} in the 202`, body).toBe(
      accepted.header(headers.location),
    );
  },
);

test(
  'the target MUST POST to the callback’s URL on completion',
  clause('callback.post'),
  async ({ submit, target, clock }) => {
    const operation = await atAnyEnd({ submit, clock }, { callback: true });
    const came = await comes(target, () => operation.callbacks.length > 0);
    expect(operation.callbacks, 'length', 'the number of callbacks after completion').toSatisfy(came, 'one');
    for (const { method } of operation.callbacks) expect(method, 'the method of the callback').toBe('POST');
  },
);

test(
  'the target MUST POST to the callback’s URL whose scheme stands in capitals',
  clause('callback.post', { branch: 'a scheme in capitals' }),
  async ({ call, operationOf, submit, target }) => {
    // Schemes are the same in any case (RFC 3986, section 3.1).
    const prefer = (url: string): string =>
      `respond-async, odata.callback; url="${url.replace(/^https?:/, (scheme) => scheme.toUpperCase())}"`;
    const called = await call({ callback: true, prefer });
    // Who takes no such address, and says so, drops nothing silently.
    const applied = called.answer.header(headers.preferenceApplied) ?? '';
    if (!isAccepted(called.answer) || !/callback/i.test(applied))
      throw new NotTestable(`such an address is not taken: ${called.answer.describe()}`);
    const operation = operationOf(called);
    await operation.finished();
    const came = await comes(target, () => operation.callbacks.length > 0);
    if (!came) await requireOneCallback({ submit, target });
    expect(operation.callbacks, 'length', 'the number of callbacks after completion').toSatisfy(came, 'one');
  },
);

/** Demands a callback that was made after the end, once it has had time to come. */
async function expectToCome(
  target: Target,
  operation: Operation,
  subject: string,
  wanted: string,
): Promise<void> {
  const came = await comes(target, () => ofCompletion(operation).length > 0);
  expect(operation.callbacks, 'length', subject).toSatisfy(came, wanted);
}

test('a callback MUST come after success', clause('callback.on-success'), async ({ submit, target }) => {
  const operation = await submit({ callback: true });
  await operation.finished();
  await expectToCome(target, operation, 'the callbacks, none of them after success', 'one after');
});

test(
  'a callback MUST come after success, when an attempt failed before',
  clause('callback.on-success', {
    branch: 'after a retry',
    needs: ['probe', 'callback', 'clock', 'slow'],
  }),
  async ({ submit, target }) => {
    const operation = await submit({ callback: true, attempts: [fail(), succeed()] });
    await operation.finished();
    await expectToCome(target, operation, 'the callbacks, none of them after success', 'one after');
  },
);

test(
  'a callback MUST come for each of several operations that name one URL',
  clause('callback.on-success', { branch: 'one URL for several' }),
  async ({ submit, target }) => {
    const first = await submit({ callback: true });
    const prefer = `${preferences.respondAsync}, ${callbackField(first.parts.callbackUrl ?? '')}`;
    const others = [await submit({ prefer }), await submit({ prefer })];
    for (const operation of [first, ...others]) await operation.finished();
    const came = await comes(target, () => first.callbacks.length > others.length);
    expect(first.callbacks, 'length', 'the callbacks to the URL of three operations').toSatisfy(
      came,
      'one for each',
    );
  },
);

for (const { details, what, failure } of [
  { details: clause('callback.on-failure'), what: '', failure: fail() },
  {
    details: clause('callback.on-failure', { branch: 'an error of the platform' }),
    what: ', with an error of the platform',
    failure: fail('Access is denied.', errorCodes.accessDenied),
  },
]) {
  test(`a callback MUST come after the last failure${what}`, details, async ({ submit, target }) => {
    const operation = await submit({ callback: true, attempts: [failure] });
    await operation.finished();
    await expectToCome(target, operation, 'the callbacks, none of them after the last failure', 'one after');
  });
}

for (const way of ['delete', 'patch'] as const) {
  test(
    `a callback SHOULD come after a cancellation by ${way.toUpperCase()} has completed`,
    clause('callback.on-cancel', {
      branch: `before its start, by ${way.toUpperCase()}`,
      needs: way === 'patch' ? ['probe', 'callback', 'clock', 'table'] : ['probe', 'callback', 'clock'],
    }),
    async ({ submit, target }) => {
      const operation = await submit({ callback: true });
      await operation.canceled(way);
      await operation.finished();
      const came = await comes(target, () => operation.callbacks.length > 0);
      expect(operation.callbacks, 'length', 'the number of callbacks after the cancellation').toSatisfy(
        came,
        'one',
      );
    },
  );
}

for (const [branch, answer] of [
  ['succeeds', succeed()],
  ['fails', fail()],
] as const) {
  test(
    `a callback SHOULD come after a canceled attempt that ${branch}`,
    clause('callback.on-cancel', { branch: `of an attempt that ${branch}`, needs: ['probe', 'callback'] }),
    async ({ submit, target }) => {
      const hold = new Hold(1_000);
      const operation = await submit({ callback: true, attempts: [hold] });
      await operation.started();
      await operation.canceled();
      hold.release(answer);
      const end = await operation.finished();
      const came = await comes(target, () => ofCompletion(operation).length > 0);
      if (!came && sameCodes(end, pairs.failed)) await requireCallback({ submit, target }, fail());
      expect(operation.callbacks, 'length', 'the number of callbacks after the cancellation').toSatisfy(
        came,
        'one',
      );
    },
  );
}

/** Blocks a check that misses the callback of an operation which ended as one like this, not canceled, does. */
async function requireCallback(
  { submit, target }: Pick<CheckTools, 'submit' | 'target'>,
  answer: ProbeAnswer,
): Promise<void> {
  const usual = await submit({ callback: true, attempts: [answer] });
  await usual.finished();
  if (!(await comes(target, () => ofCompletion(usual).length > 0)))
    throw new Blocked(
      'callback.on-failure',
      'none comes after the last failure of one that was not canceled',
    );
}

test(
  'a callback SHOULD come after a cancellation between two attempts has completed',
  clause('callback.on-cancel', { branch: 'between two attempts', needs: ['probe', 'callback', 'clock'] }),
  async ({ submit, target, clock }) => {
    const operation = await completions.canceledBetween.reach({ submit, clock, target }, { callback: true });
    await expectToCome(target, operation, 'the number of callbacks after the cancellation', 'one');
  },
);
