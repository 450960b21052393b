import { describe, expect, it } from 'vitest';
import { Answer } from '../../harness/answer.ts';
import type { Operation } from '../../harness/operation.ts';
import { wrongCodes } from './expect-codes.ts';
import { monitorMismatches } from './expect-monitor.ts';
import { callbackMismatches } from './expect-notices.ts';
import { rowMismatches } from './expect-row.ts';
import type { Story, ToldAttempt } from './story.ts';

const begun = Date.UTC(2026, 0, 1);
const userId = '11111111-1111-4111-8111-111111111111';
const operation = { parts: { body: { Payload: 'p' } }, attempts: [] } as unknown as Operation;
const succeeded: ToldAttempt = {
  began: begun + 1,
  last: begun + 1,
  end: 'succeeded',
  error: undefined,
  outputs: { Count: -1 },
};
const failed: ToldAttempt = { ...succeeded, end: 'own', error: { code: 0, message: 'm' }, outputs: {} };
const story: Story = {
  operation,
  attempts: [failed, succeeded],
  canceled: undefined,
  ended: true,
  submittedAt: begun,
  now: begun + 60_000,
};

function monitor(body: object): Answer {
  return new Answer(
    { method: 'GET', url: 'http://target.test/', headers: [] },
    { status: 200, headers: [['Content-Type', 'application/json']], body: JSON.stringify(body) },
  );
}

const codes = { backgroundOperationStateCode: 3, backgroundOperationStatusCode: 30 };
const row = {
  backgroundoperationstatecode: 3,
  backgroundoperationstatuscode: 30,
  name: 'bgop_Probe',
  displayname: 'Probe',
  inputparameters: '[{"Key":"Payload","Value":"p"}]',
  outputparameters: '[{"Key":"Count","Value":-1}]',
  errorcode: null,
  errormessage: null,
  retrycount: 1,
  runas: userId,
  ttlinseconds: 7_776_000,
  createdon: '2026-01-01T00:00:00Z',
  starttime: '2026-01-01T00:00:00Z',
  endtime: '2026-01-01T00:00:00Z',
};
const facts = { name: 'bgop_Probe', displayName: 'Probe', userId, mayLag: false };
const brokenBy = (changes: object): string[] =>
  rowMismatches(story, { ...row, ...changes }, facts).map(({ clause }) => clause);

describe('wrongCodes', () => {
  it('allows what the contract leaves open, and nothing else', () => {
    expect(wrongCodes({ state: 3, status: 30 }, story)).toBeUndefined();
    expect(wrongCodes({ state: 3, status: 31 }, story)?.clause).toBe('retry.recovers');
    expect(wrongCodes({ state: 0, status: 20 }, story)?.clause).toBe('state.known-pairs');
    const canceled: Story = { ...story, attempts: [], canceled: 'waiting', ended: false };
    expect(wrongCodes({ state: 2, status: 22 }, canceled)).toBeUndefined();
    expect(wrongCodes({ state: 0, status: 0 }, canceled)?.clause).toBe('cancel.shows-canceling');
  });
});

describe('monitorMismatches', () => {
  it('holds a right monitor against nothing', () => {
    expect(monitorMismatches(story, monitor({ ...codes, Count: -1 }))).toEqual([]);
  });

  it('charges what is missing, and what is of another type', () => {
    const clauses = (body: object): string[] =>
      monitorMismatches(story, monitor({ ...codes, ...body })).map(({ clause }) => clause);
    expect(clauses({ Count: 1 })).toEqual(['monitor.outputs-on-success']);
    expect(clauses({ Count: '-1' })).toEqual(['monitor.output-types']);
    expect(clauses({})).toEqual(['retry.recovers']);
  });
});

describe('rowMismatches', () => {
  it('holds a right row against nothing', () => {
    expect(brokenBy({})).toEqual([]);
  });

  it.each([
    ['table.name', { name: 'Probe' }],
    ['table.displayname', { displayname: null }],
    ['table.inputparameters', { inputparameters: null }],
    ['table.outputparameters', { outputparameters: '[{"Key":"Count","Value":1}]' }],
    ['retry.count', { retrycount: 0 }],
    ['table.runas', { runas: 'SYSTEM' }],
    ['ttl.default', { ttlinseconds: 1 }],
    ['table.times', { endtime: null }],
    ['table.times', { createdon: '2026-01-01T00:00:09Z' }],
    ['table.column-types', { priority: '0' }],
  ])('charges %s', (clause, changes) => {
    expect([...new Set(brokenBy(changes))]).toEqual([clause]);
  });
});

it('holds no retrycount against a row before the end, once there was a retry', () => {
  const begunOne: ToldAttempt = { ...succeeded, end: 'running' };
  const running = { ...story, attempts: [failed, begunOne], ended: false };
  const shown = { ...row, backgroundoperationstatecode: 2, backgroundoperationstatuscode: 20 };
  const countOf = (told: Story, retrycount: number): string[] =>
    rowMismatches(told, { ...shown, outputparameters: null, endtime: null, retrycount }, facts).map(
      ({ clause }) => clause,
    );
  expect(countOf(running, 0)).toEqual([]);
  expect(countOf(running, 1)).toEqual([]);
  const first = { ...running, attempts: [begunOne] };
  expect(countOf(first, 1)).toEqual(['table.retrycount-starts-at-zero']);
});

describe('a row that may lag behind', () => {
  const shownLate = (state: number, status: number): string[] => {
    const late = { ...row, backgroundoperationstatecode: state, backgroundoperationstatuscode: status };
    return rowMismatches(story, late, { ...facts, mayLag: true }).map(({ clause }) => clause);
  };

  it('may show the pair of a moment ago, but none that there is not', () => {
    expect([shownLate(2, 20), shownLate(2, 30)]).toEqual([[], ['state.known-pairs']]);
  });
});

describe('errors after a time-out', () => {
  const timeOut: ToldAttempt = {
    ...failed,
    end: 'time-out',
    error: { code: Number.NaN, message: undefined },
  };
  const afterTimeOut: Story = { ...story, attempts: [timeOut, failed], ended: true };
  const shown = (backgroundOperationErrorCode: number, backgroundOperationErrorMessage: string): string[] =>
    monitorMismatches(
      afterTimeOut,
      monitor({
        backgroundOperationStateCode: 3,
        backgroundOperationStatusCode: 31,
        backgroundOperationErrorCode,
        backgroundOperationErrorMessage,
      }),
    ).map(({ clause }) => clause);

  it.each([
    ['the last one', 0, 'm', []],
    ['the time-out, which is only advised against', -2147204749, 'took too long', ['retry.last-error']],
    ['the code of the time-out alone', -2147204749, 'm', ['error.other-code-zero']],
    ['another message', 0, 'M', ['error.message']],
  ])('may be %s', (_what, code, message, broken) => {
    expect(shown(code, message)).toEqual(broken);
  });
});

describe('callbackMismatches', () => {
  const delivery = { arrivedAt: 1, method: 'POST', path: '/bgop/a', headers: [], reply: { status: 200 } };
  const payload = { backgroundOperationId: 'i', ...codes };
  const delivered = { ...delivery, body: JSON.stringify(payload) };
  const told = (lateAnswers: boolean): string[] => {
    const called = {
      id: 'i',
      parts: { body: {}, callbackUrl: 'http://listener.test/bgop/a' },
      attempts: [],
      callbacks: [delivered, delivered],
    } as unknown as Operation;
    const found = callbackMismatches(
      { ...story, operation: called },
      { state: 3, status: 30 },
      true,
      {},
      lateAnswers,
    );
    return found.map(({ clause }) => clause).filter((clause) => clause === 'callback.once');
  };

  it('lets a sender call again that may not have waited for the answer', () => {
    expect([told(false), told(true)]).toEqual([['callback.once'], []]);
  });
});
