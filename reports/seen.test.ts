import { describe, expect, it } from 'vitest';
import type { Exchange, Received } from '../record/evidence.ts';
import { sampleChecks } from './fixtures/sample.ts';
import { seenIn } from './seen.ts';

const id = '6b3baca2-5097-4a36-94cb-e8c9e92439de';

function read(
  codes: string,
  more: Partial<Exchange>,
  method = 'GET',
  path = `/api/backgroundoperation/${id}`,
): Exchange {
  const [state, status] = codes.split(',').map(Number);
  const names = path.includes('(')
    ? { backgroundoperationstatecode: state, backgroundoperationstatuscode: status }
    : { backgroundOperationStateCode: state, backgroundOperationStatusCode: status };
  return {
    kind: 'exchange',
    at: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    principal: 'initiator',
    request: { method, url: `https://contoso.example${path}`, headers: [] },
    response: { status: 200, headers: [], body: { text: JSON.stringify(names) } },
    ...more,
  };
}

/** A call of the probe, which the suite answers. */
function called(time: number, attempt?: number, outcome = 'fail'): Received {
  return {
    kind: 'received',
    at: '2026-01-01T00:00:00.000Z',
    purpose: 'probe',
    method: 'POST',
    url: '/control',
    headers: [],
    body: { text: JSON.stringify({ time: new Date(time).toISOString(), attempt }) },
    answered: `200 {"outcome":"${outcome}"}`,
    operationId: id,
  };
}

describe('what a run saw of the lifecycle', () => {
  const [first] = sampleChecks({ checks: 1 });

  it('counts transitions between observations of one operation', () => {
    const seen = seenIn(first === undefined ? [] : [first]);
    expect(seen).toMatchObject({
      operations: 1,
      transitions: [
        { from: '0,0', to: '2,20', count: 1 },
        { from: '2,20', to: '3,30', count: 1 },
      ],
    });
  });

  it('draws no change from requests whose order is not known, however they are listed', () => {
    const same = { at: '2026-01-01T00:00:00.500Z', durationMs: 0.2 };
    const unordered = [read('3,30', same), read('2,20', same)];
    expect(seenIn([{ evidence: unordered }])?.transitions).toEqual([]);
    const overlapping = [
      read('2,20', { ...same, order: { from: 1, to: 2 } }),
      read('3,30', { ...same, order: { from: 4, to: 5 } }),
      // It was asked before the end, and answered last.
      read('2,20', { ...same, order: { from: 3, to: 6 } }),
      read('3,30', { ...same, order: { from: 7, to: 8 } }),
    ];
    expect(seenIn([{ evidence: overlapping }])?.transitions).toEqual([]);
  });

  it('orders requests of the same millisecond by the order in which the suite sent them', () => {
    const same = { at: '2026-01-01T00:00:00.500Z', durationMs: 0.2 };
    const evidence = [
      read('2,20', { ...same, order: { from: 1, to: 2 } }),
      read('3,30', { ...same, order: { from: 3, to: 4 } }),
      read('2,20', { ...same, order: { from: 5, to: 6 } }),
    ];
    expect(seenIn([{ evidence }])?.transitions).toEqual([
      { from: '2,20', to: '3,30', count: 1 },
      { from: '3,30', to: '2,20', count: 1 },
    ]);
  });

  it('compares reads of one resource only, and never what a cancellation answers', () => {
    const evidence = [
      read('3,30', { order: { from: 1, to: 2 } }),
      // A row may lag behind.
      read('2,20', { order: { from: 3, to: 4 } }, 'GET', `/api/data/v9.2/backgroundoperations(${id})`),
      read('2,22', { order: { from: 5, to: 6 } }, 'DELETE'),
    ];
    expect(seenIn([{ evidence }])?.transitions).toEqual([]);
  });

  it('measures waits of targets that do not count attempts, and those of no length', () => {
    const calls = [0, 0, 40].map((time) => called(time));
    expect(seenIn([{ evidence: calls }])?.backoff).toEqual([{ operation: id, waits: [0, 40] }]);
  });

  it('measures no wait over attempts that are missing, nor after one that did not fail', () => {
    const calls = [called(0, 1), called(10, 2), called(50, 4), called(70, 5, 'succeed'), called(90, 6)];
    expect(seenIn([{ evidence: calls }])?.backoff).toEqual([{ operation: id, waits: [10, 20] }]);
  });

  it('measures nothing from a call whose time cannot be read', () => {
    const unread = { ...called(5), body: { text: '{"time":"soon"}' } };
    expect(seenIn([{ evidence: [called(0), unread, called(40)] }])?.backoff).toEqual([
      { operation: id, waits: [40] },
    ]);
  });

  it('measures the waits between attempts on the target’s clock', () => {
    expect(seenIn(first === undefined ? [] : [first])?.backoff[0]?.waits).toEqual([10_004, 20_001, 40_001]);
  });

  it('is nothing when no operation was seen', () => {
    expect(seenIn([])).toBeUndefined();
  });
});
