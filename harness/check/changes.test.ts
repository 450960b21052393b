import { describe, expect, it } from 'vitest';
import type { Evidence, Exchange } from '../../record/evidence.ts';
import { changesIn, resourceOf } from './changes.ts';

const start = Date.parse('2026-01-01T00:00:00.000Z');
const one = '00000000-0000-4000-8000-00000000000a';
const two = '00000000-0000-4000-8000-00000000000b';
const monitorOf = (id: string): string => `https://t/api/backgroundoperation/${id}`;
const rowOf = (id: string): string => `https://t/api/data/v9.2/backgroundoperations(${id})`;

interface Seen {
  readonly at?: number;
  readonly durationMs?: number;
  readonly order?: Exchange['order'];
  readonly url?: string;
  readonly method?: string;
  readonly status?: number;
  readonly text?: string;
}

/** A read that showed these codes, of the monitor if nothing else is said. */
function read(state: number, status: number, seen: Seen = {}): Exchange {
  const url = seen.url ?? monitorOf(one);
  const codes = url.includes('backgroundoperations')
    ? { backgroundoperationstatecode: state, backgroundoperationstatuscode: status }
    : { backgroundOperationStateCode: state, backgroundOperationStatusCode: status };
  return {
    kind: 'exchange',
    at: new Date(start + (seen.at ?? 0)).toISOString(),
    durationMs: seen.durationMs ?? 1,
    ...(seen.order && { order: seen.order }),
    principal: 'initiator',
    request: { method: seen.method ?? 'GET', url, headers: [] },
    response: { status: seen.status ?? 200, headers: [], body: { text: seen.text ?? JSON.stringify(codes) } },
  };
}
const told = (...evidence: Evidence[]) => changesIn(evidence).map(({ from, to }) => `${from} > ${to}`);

describe('the changes that reads show', () => {
  it('have resource, operation, codes, and the time between the reads', () => {
    const reads = [read(0, 0), read(2, 20, { at: 70 }), read(2, 20, { at: 80 }), read(3, 30, { at: 90 })];
    const change = { operation: one, where: 'monitor' };
    expect(changesIn(reads)).toEqual([
      { ...change, from: '0,0', to: '2,20', apart: 70 },
      { ...change, from: '2,20', to: '3,30', apart: 10 },
    ]);
    const rows = [read(0, 0, { url: rowOf(two) }), read(3, 30, { url: rowOf(two), at: 5 })];
    expect(changesIn(rows)).toEqual([{ operation: two, where: 'row', from: '0,0', to: '3,30', apart: 5 }]);
  });

  it('are apart by the time that the suite let pass in between', () => {
    const advanced: Evidence = {
      ...{ kind: 'advanced', at: new Date(start).toISOString(), now: new Date(start).toISOString() },
      ...{ milliseconds: 60_000, durationMs: 1 },
    };
    const reads = [advanced, read(0, 0), advanced, advanced, read(2, 20, { at: 70 })];
    expect(changesIn(reads)).toMatchObject([{ apart: 120_000 }]);
  });

  it('are not read off two resources, or two operations', () => {
    expect(
      told(read(0, 0), read(2, 20, { url: rowOf(one), at: 9 }), read(3, 30, { url: monitorOf(two), at: 18 })),
    ).toEqual([]);
  });

  it.each<[string, Seen]>([
    ['a cancellation', { method: 'DELETE' }],
    ['a refusal', { status: 404 }],
    ['a redirect', { status: 300 }],
    ['no JSON', { text: '<html>' }],
    ['no object', { text: '7' }],
    ['no codes', { text: '{}' }],
    ['another resource', { url: 'https://t/api/other/x' }],
  ])('are not read off %s', (_what, seen) => {
    expect(told(read(0, 0), read(3, 30, { at: 9, ...seen }))).toEqual([]);
  });

  it('need an answer, and one of 299 is one', () => {
    const bodiless = { ...read(2, 20, { at: 9 }), response: { status: 200, headers: [] } };
    const unanswered = Object.fromEntries(
      Object.entries(bodiless).filter(([name]) => name !== 'response'),
    ) as unknown as Exchange;
    expect(told(read(0, 0), unanswered, bodiless, read(3, 30, { at: 20, status: 299 }))).toEqual([
      '0,0 > 3,30',
    ]);
  });
});

describe('reads under way at the same time', () => {
  it('show no change between them, nor one to or from them where they differ', () => {
    const order = (from: number, to: number) => ({ order: { from, to } });
    const differing = [read(2, 20, order(3, 5)), read(3, 30, order(4, 6))];
    expect(told(read(0, 0, order(1, 2)), ...differing, read(3, 31, order(7, 8)))).toEqual([]);
    const alike = [read(2, 20, order(3, 5)), read(2, 20, order(4, 6))];
    expect(told(read(0, 0, order(1, 2)), ...alike, read(3, 30, order(7, 8)))).toEqual([
      '0,0 > 2,20',
      '2,20 > 3,30',
    ]);
    expect(told(read(0, 0, order(1, 2)), read(2, 20, order(2, 3)))).toEqual([]);
  });

  it('include those that a late answer overlaps', () => {
    const order = (from: number, to: number) => ({ order: { from, to } });
    const late = read(0, 0, order(2, 9));
    expect(told(read(0, 0, order(0, 1)), read(2, 20, order(3, 4)), read(3, 30, order(5, 6)), late)).toEqual(
      [],
    );
  });

  it('are told by their times where a result has no order, in whole milliseconds', () => {
    expect(told(read(0, 0, { durationMs: 4.2 }), read(2, 20, { at: 5 }))).toEqual(['0,0 > 2,20']);
    expect(told(read(0, 0, { durationMs: 4.2 }), read(2, 20, { at: 4 }))).toEqual([]);
    expect(told(read(0, 0, { durationMs: 0 }), read(2, 20, { at: 0 }))).toEqual([]);
    expect(told(read(0, 0, { durationMs: 0 }), read(2, 20, { at: 1 }))).toEqual(['0,0 > 2,20']);
    const half = read(0, 0, { durationMs: 9, order: { from: 0, to: 1 } });
    expect(told(half, read(2, 20, { at: 5 }))).toEqual([]);
  });
});

it('a URL names a monitor or a row, with any letters, and neither where it has no id', () => {
  expect(resourceOf(monitorOf(one.toUpperCase()))).toEqual({ where: 'monitor', operation: one });
  expect(resourceOf(rowOf(one))).toEqual({ where: 'row', operation: one });
  expect(resourceOf('https://t/api/backgroundoperation/')).toBeUndefined();
});
