import type { ClauseId } from '../contract/clauses.ts';
import { errorCodes } from '../contract/vocabulary.ts';
import { show } from '../harness/expect.ts';
import type { Operation } from '../harness/operation.ts';
import { oddAnswers } from '../harness/plan.ts';
import type { Target } from '../harness/target.ts';
import { Blocked, NotReached, clause, expect, fail, NotTestable, test } from '../harness/test.ts';
import { ofCompletion, payloadOf } from './support/callbacks.ts';
import {
  callbackError,
  failedAny,
  failedWith,
  finishedAtLast,
  isPlatformError,
  monitorError,
  rowError,
  shownErrors,
  type ErrorMembers,
} from './support/errors.ts';
import { comes } from './support/waiting.ts';

/** Codes of the platform's errors, as signed integers. */
const platformCodes = [
  errorCodes.accessDenied,
  errorCodes.notFound,
  errorCodes.objectDoesNotExist,
  errorCodes.noAttribute,
  -2_147_220_891,
  -2_147_220_960,
  -2_147_088_254,
  -2_146_954_991,
];

const injected =
  'the probe gives this code to an error of its own, which is not the platform’s (error.plug-in-code observes it)';

test(
  'an error of the platform MUST keep its code, as a signed integer',
  clause('error.platform-code'),
  async ({ submit, target }) => {
    const told = { code: errorCodes.accessDenied, message: 'Access is denied.' };
    const failed = await failedAny({ submit, target }, told, (code) => code !== 0);
    if (!isPlatformError(failed)) throw new NotTestable(injected);
    for (const [resource, error] of await shownErrors(failed.operation, target))
      expect(error, 'code', `the error code of the ${resource}`).toBe(failed.told.code);
  },
);

test(
  'every code of the platform MUST be kept',
  clause('error.platform-code', { branch: 'several codes' }),
  async ({ submit, target }) => {
    // At once: on a real clock each of them takes its retries' time.
    const each = platformCodes.map((code) => failedWith({ submit }, { code, message: `error ${code}` }));
    const decided = (await Promise.all(each)).filter(isPlatformError);
    if (decided.length === 0) throw new NotTestable(injected);
    for (const { operation, told } of decided) {
      for (const [resource, shown] of await shownErrors(operation, target))
        expect(shown, 'code', `the error code of the ${resource} for ${told.code}`).toBe(told.code);
    }
  },
);

test(
  "an error that is not the platform's MUST have the code 0",
  clause('error.other-code-zero'),
  async ({ submit, target }) => {
    const told = { code: 0, message: 'An error of the custom API itself.' };
    const { operation } = await failedAny({ submit, target }, told, (code) => code === 0);
    for (const [resource, error] of await shownErrors(operation, target))
      expect(error, 'code', `the error code of the ${resource}`).toBe(0);
  },
);

test(
  'an execution that goes wrong by itself MUST have the code 0',
  clause('error.other-code-zero', { branch: 'unplanned failure' }),
  async ({ submit, target }) => {
    // At once: on a real clock each of them takes its retries' time.
    const operations = await Promise.all(oddAnswers.map((odd) => submit({ attempts: [odd] })));
    for (const [index, operation] of operations.entries()) {
      await finishedAtLast(operation);
      const after = `after an answer of ${oddAnswers[index]?.status} with ${show(oddAnswers[index]?.body)}`;
      for (const [resource, error] of await shownErrors(operation, target))
        expect(error, 'code', `the error code of the ${resource} ${after}`).toBe(0);
    }
  },
);

test(
  'an error that is not the platform’s MUST have the code 0, although an earlier attempt had another',
  clause('error.other-code-zero', { branch: 'after an error of the platform' }),
  async ({ submit, target }) => {
    const platform = fail('Access is denied.', errorCodes.accessDenied);
    const operation = await submit({ attempts: [platform, fail('its own')] });
    const { errorMessage } = await finishedAtLast(operation);
    if (operation.attempts.length === 1)
      throw new NotTestable('an error of the platform is final here, so that no other can follow it');
    if (errorMessage !== 'its own') throw new Blocked('retry.last-error', `it was "${String(errorMessage)}"`);
    for (const [resource, error] of await shownErrors(operation, target))
      expect(error, 'code', `the error code of the ${resource}`).toBe(0);
  },
);

test(
  'the code that a plug-in gives to its own error MAY be any',
  clause('error.plug-in-code'),
  async ({ submit, target, observe }) => {
    const failed = await failedWith({ submit }, { code: 500, message: 'Its own error, with a code.' });
    if (isPlatformError(failed))
      throw new NotTestable(
        'the target’s probe fails with errors of the platform only, as the plug-in’s would not',
      );
    for (const [resource, error] of await shownErrors(failed.operation, target))
      observe(`the ${resource} shows the code ${String(error.code)} for a plug-in’s own 500`);
  },
);

test(
  "the error's message MUST be shown as it is",
  clause('error.message', { branch: 'plain' }),
  async ({ submit, target }) => {
    const told = { code: 0, message: 'The export of 3 accounts failed: no such view.' };
    const failed = await failedAny({ submit, target }, told, () => true);
    if (failed.told.message === '')
      throw new NotTestable(
        'needs the message with which the fixed API fails: target.probe.fails.errorMessage',
      );
    for (const [resource, error] of await shownErrors(failed.operation, target))
      expect(error, 'message', `the error message of the ${resource}`).toBe(failed.told.message);
  },
);

const messages: readonly { branch: string; texts: readonly string[] }[] = [
  {
    branch: 'any script',
    texts: [
      'Größe überschritten: 5 €',
      'שגיאה — خطأ',
      '実行に失敗しました',
      'e\u0301 is not \u00e9',
      '👩‍🚀 🇪🇺 𝒳',
    ],
  },
  {
    branch: 'what JSON and URLs escape',
    texts: [
      'a "quoted" \\ path\\to',
      "it's {0} of %s, 100%25 + ?a=b&c;d",
      'line one\r\nline two\n\tindented',
    ],
  },
  {
    branch: 'markup',
    texts: ['<b>not bold</b> &amp; <!-- --> ]]>', '{"error":{"code":"0x0","message":"inner"}}'],
  },
  {
    branch: 'control characters and separators',
    texts: ['bell \u0007 escape \u001b', 'soft\u00adhyphen \u2028 \u200f'],
  },
  { branch: 'space around it', texts: ['  leading and trailing  '] },
  { branch: 'a long text', texts: [`${'0123456789'.repeat(2_000)} end`, '€'.repeat(10_000)] },
];

for (const { branch, texts } of messages) {
  test(
    `the error's message MUST be shown unchanged, with ${branch}`,
    clause('error.message', { branch }),
    async ({ submit, target }) => {
      const each = texts.map((message) => failedWith({ submit }, { code: 0, message }));
      for (const { operation, told } of await Promise.all(each)) {
        for (const [resource, shown] of await shownErrors(operation, target))
          expect(shown, 'message', `the error message of the ${resource}`).toBe(told.message);
      }
    },
  );
}

for (const [branch, told] of [
  ["an error that is not the platform's", { code: 0, message: 'Its own error: “größer” than 5.' }],
  ["the platform's error", { code: errorCodes.accessDenied, message: 'Access is denied.' }],
] as const) {
  test(
    `monitor, row and callback MUST show the same error, with ${branch}`,
    clause('error.same-everywhere', { branch }),
    async ({ submit, target }) => {
      const { operation } = await failedWith({ submit }, told, { callback: true });
      await expectSameEverywhere(operation, target);
    },
  );
}

test(
  'monitor, row and callback MUST show the same error when every attempt failed with another',
  clause('error.same-everywhere', { branch: 'different errors' }),
  async ({ submit, target }) => {
    const attempts = ['first', 'second', 'third', 'last'].map((which) =>
      fail(`The ${which} error${', told at length'.repeat(30)}.`),
    );
    const operation = await submit({ attempts, callback: true });
    await finishedAtLast(operation);
    await expectSameEverywhere(operation, target);
  },
);

async function expectSameEverywhere(operation: Operation, target: Target): Promise<void> {
  if (!(await comes(target, () => ofCompletion(operation).length > 0)))
    throw new NotReached('callback.on-failure', 'no callback came after the last failure');
  const monitor = whole(await monitorError(operation), 'monitor.error-on-failure');
  const row = whole(await rowError(operation), 'table.error-columns');
  expect(row, 'the error of the row beside the monitor’s', row).toEqual(monitor);
  for (const delivery of ofCompletion(operation)) {
    const shown = whole(callbackError(payloadOf(delivery)), 'callback.error-on-failure');
    expect(shown, 'the error of the callback beside the monitor’s', delivery).toEqual(monitor);
  }
}

/** An error with both its parts; that they are there is for another clause to say. */
function whole(error: ErrorMembers, clauseId: ClauseId): ErrorMembers {
  if (error.code === null || error.message === null) throw new Blocked(clauseId, JSON.stringify(error));
  return error;
}
