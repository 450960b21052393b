import { describe, expect, it } from 'vitest';
import type { Choices } from '../choices.ts';
import { defaultChoices } from '../choices.ts';
import type { Situation } from '../situation.ts';
import type { Command, Failure } from './lifecycle.ts';
import { backOff, lifecycle } from './lifecycle.ts';
import type { Operation } from './operation.ts';
import { step } from './step.ts';

const fresh: Operation = {
  id: '00000000-0000-4000-8000-000000000001',
  sequence: 1,
  name: 'bgop_Probe',
  displayName: 'Probe',
  inputs: [],
  outputs: undefined,
  state: 0,
  status: 0,
  errorCode: undefined,
  errorMessage: undefined,
  retryCount: 0,
  attempts: 0,
  executing: false,
  canceled: false,
  priority: 0,
  runAs: 'u',
  modifiedBy: 'u',
  createdOn: 0,
  modifiedOn: 0,
  startTime: undefined,
  endTime: undefined,
  ttlSeconds: 60,
  version: 1,
  partitionId: null,
  origin: 'https://org',
  callbackUrl: undefined,
};
const failure: Failure = { kind: 'other', code: 0, message: 'no' };
const outputs = [{ Key: 'Text', Value: 'x', type: 'String' }] as const;
const start: Command = { kind: 'start' };
const fail: Command = { kind: 'fail', failure };
const succeed: Command = { kind: 'succeed', outputs };
const cancel: Command = { kind: 'cancel', by: 'v' };

function situation(now: number, choices: Partial<Choices> = {}): Situation {
  return {
    now,
    choices: { ...defaultChoices, ...choices },
    random: () => 0.5,
    find: () => undefined,
    all: () => [],
  };
}

/** Applies commands one second apart; gives the last step. */
function run(commands: readonly Command[], choices: Partial<Choices> = {}, from = fresh) {
  let last = { operation: from, effects: step(lifecycle, from, fail, situation(0)).effects };
  commands.forEach((command, index) => {
    last = step(lifecycle, last.operation, command, situation((index + 1) * 1000, choices)) as typeof last;
  });
  return last;
}

const failed = (times: number) => Array.from({ length: times }, () => [start, fail]).flat();

describe('step', () => {
  it('starts an attempt', () => {
    const { operation, effects } = run([start]);
    expect(operation).toMatchObject({ state: 2, status: 20, attempts: 1, executing: true, startTime: 1000 });
    expect(effects).toEqual([{ kind: 'execute' }]);
  });

  it('completes with the outputs', () => {
    const { operation, effects } = run([start, succeed]);
    expect(operation).toMatchObject({ state: 3, status: 30, outputs, endTime: 2000, executing: false });
    expect(effects).toEqual([{ kind: 'attempt-over', succeeded: true }, { kind: 'completed' }]);
  });

  it('waits for a retry, longer each time, and fails after the third', () => {
    expect(run(failed(1)).effects.at(-1)).toEqual({ kind: 'turn', at: 2000 + 30_000 });
    expect(run(failed(3)).effects.at(-1)).toEqual({ kind: 'turn', at: 6000 + 120_000 });
    expect(run(failed(3)).operation).toMatchObject({ state: 0, status: 0, errorMessage: undefined });
    const { operation, effects } = run(failed(4));
    expect(operation).toMatchObject({ state: 3, status: 31, retryCount: 3, errorMessage: 'no' });
    expect(effects.at(-1)).toEqual({ kind: 'completed' });
  });

  it('does not execute what was canceled before', () => {
    const { operation, effects } = run([cancel, start]);
    expect(operation).toMatchObject({ state: 3, status: 32, attempts: 0, startTime: undefined });
    expect(effects).toEqual([{ kind: 'completed' }]);
  });

  it('gives a canceled operation its turn at once, unless it is being executed', () => {
    expect(run([cancel]).effects).toEqual([{ kind: 'turn', at: 1001 }]);
    expect(run([start, fail, cancel]).effects).toEqual([{ kind: 'turn', at: 3001 }]);
    expect(run([start, cancel]).effects).toEqual([]);
  });

  it('does not retry after a cancellation', () => {
    expect(run([start, cancel, fail]).operation).toMatchObject({ state: 3, status: 31 });
    expect(run([start, cancel, fail], { canceledButFailed: 'canceled' }).operation.status).toBe(32);
    expect(run([start, fail, cancel, start]).operation).toMatchObject({ status: 32, attempts: 1 });
  });

  it('shows outputs only where a canceled operation counts as succeeded', () => {
    expect(run([start, cancel, succeed]).operation).toMatchObject({ status: 30, outputs });
    const canceled = run([start, cancel, succeed], { canceledButSucceeded: 'canceled' }).operation;
    expect(canceled).toMatchObject({ status: 32, outputs: undefined });
  });

  it.each([[start], [succeed], [fail], [cancel]])('changes nothing at the end: %j', (command) => {
    const { operation } = run([start, succeed]);
    expect(step(lifecycle, operation, command, situation(9000))).toEqual({ operation, effects: [] });
  });

  it('ignores a second start, and an outcome without an attempt', () => {
    const { operation } = run([start]);
    expect(step(lifecycle, operation, start, situation(9000)).operation).toBe(operation);
    expect(step(lifecycle, fresh, succeed, situation(9000)).operation).toBe(fresh);
  });

  it('keeps the error where it is chosen to be shown', () => {
    expect(run(failed(1), { errorBetweenAttempts: true }).operation.errorMessage).toBe('no');
    const recovered = [start, fail, start, succeed];
    expect(run(recovered, { errorAfterRecovery: true }).operation.errorMessage).toBe('no');
    expect(run(recovered, { errorBetweenAttempts: true }).operation.errorMessage).toBeUndefined();
  });

  it('retries what it is chosen to retry', () => {
    const platform: Command = { kind: 'fail', failure: { ...failure, kind: 'platform', code: -1 } };
    const late: Command = { kind: 'fail', failure: { ...failure, kind: 'time-out', code: -2 } };
    expect(run([start, platform]).operation.state).toBe(0);
    expect(run([start, platform], { retryPlatformErrors: false }).operation.state).toBe(3);
    expect(run([start, late], { retryTimeOuts: false }).operation.state).toBe(3);
  });

  it('writes a new version each time', () => {
    expect(run([start, succeed]).operation).toMatchObject({ version: 3, modifiedOn: 2000 });
  });
});

describe('backOff', () => {
  it('derives the wait from the number of the retry, within the jitter', () => {
    const policy = { baseMs: 100, factor: 3, jitter: 0.25 };
    expect([1, 2, 3].map((retry) => backOff(retry, policy, 0.5))).toEqual([100, 300, 900]);
    expect([backOff(1, policy, 0), backOff(1, policy, 1)]).toEqual([75, 125]);
  });
});
