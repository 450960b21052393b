import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import type { Evidence } from '../record/evidence.ts';
import type { RawCheck } from '../record/outcome.ts';
import { alsoCaughtIn, caughtIn, situationsOf } from './situations.ts';
import { updateSituations, type KeptSituations, type Proven } from './catalogue-files.ts';

const id = '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a01';
const at = '2026-01-01T00:00:00.000Z';

const check = (more: Partial<RawCheck>): RawCheck => ({
  clause: 'a.b',
  title: 'a check',
  file: 'a.spec.ts',
  line: 1,
  outcome: 'failed',
  startedAt: at,
  durationMs: 1,
  evidence: [],
  ...more,
});

const exchange = (own: number, method: string, url: string, status: number, more: object = {}): Evidence => ({
  kind: 'exchange',
  id: own,
  at,
  durationMs: 1,
  principal: 'initiator',
  request: { method, url: `http://target${url}`, headers: [] },
  response: { status, headers: [] },
  ...more,
});

const submission = (own: number, operation: string, prefer = 'respond-async'): Evidence =>
  exchange(own, 'POST', '/api/data/v9.2/bgop_Probe', 202, {
    request: { method: 'POST', url: 'http://target/', headers: [['Prefer', prefer]] },
    response: { status: 202, headers: [['X-MS-DYN-BACKGROUNDOPERATIONID', operation]] },
  });

const call = (attempt: number, answer: object): Evidence => ({
  kind: 'received',
  at,
  purpose: 'probe',
  method: 'POST',
  url: '/bgop/x',
  headers: [],
  body: { text: JSON.stringify({ attempt, backgroundOperationId: id }) },
  answered: `200 ${JSON.stringify(answer)}`,
});

const mismatch = (place?: number): Evidence => ({
  kind: 'mismatch',
  subject: 'the status',
  expected: '30',
  actual: '31',
  ...(place === undefined ? {} : { exchange: place }),
});

const monitor = `/api/backgroundoperation/${id}`;

describe('the situation of a breach', () => {
  it('is told by the exchanges up to the one that shows it', () => {
    const evidence = [
      submission(1, id, 'respond-async, odata.callback; url="http://x"'),
      call(1, { outcome: 'fail', errorMessage: 'no' }),
      call(2, { outcome: 'continue', milliseconds: 5 }),
      exchange(2, 'DELETE', monitor, 200),
      call(2, { outcome: 'fail', errorMessage: 'no', errorCode: -1 }),
      exchange(3, 'GET', monitor, 200),
      call(3, { outcome: 'succeed' }),
      mismatch(3),
    ];
    expect(situationsOf('a.b', [check({ evidence })])).toEqual([
      {
        attempt: '2',
        ending: 'platform error',
        cancellation: 'during the attempt',
        notification: 'callback',
        load: 'alone',
      },
    ]);
  });

  it('is told of an operation that never started, among many', () => {
    const others = Array.from({ length: 12 }, (_, index) =>
      submission(index, id.replace('01', String(10 + index))),
    );
    const patch = exchange(20, 'PATCH', `/api/data/v9.2/backgroundoperations(${id})`, 204, {
      request: {
        method: 'PATCH',
        url: `/backgroundoperations(${id})`,
        headers: [],
        body: { text: '{"backgroundoperationstatuscode":22}' },
      },
    });
    expect(
      situationsOf('a.b', [check({ evidence: [...others, submission(19, id), patch, mismatch(20)] })]),
    ).toEqual([
      {
        attempt: '0',
        ending: 'not started',
        cancellation: 'before the start',
        notification: 'nobody',
        load: 'many at once',
      },
    ]);
  });

  it('is not told where no operation is seen, and of checks that passed or are about other clauses', () => {
    const evidence = [exchange(1, 'GET', '/api/data/v9.2/WhoAmI', 401), mismatch(1)];
    const operation = [submission(1, id), mismatch(1)];
    expect(situationsOf('a.b', [check({ evidence })])).toEqual([]);
    expect(situationsOf('a.b', [check({ outcome: 'passed', evidence: operation })])).toEqual([]);
    expect(situationsOf('a.c', [check({ evidence: operation })])).toEqual([]);
  });

  it.each<[string, string[]]>([
    ['attempt 2: platform then own', ['2', 'platform then own', 'never', 'event']],
    [
      'attempt 4: time-out, canceled after the attempt by PATCH',
      ['4', 'time-out', 'after the attempt', 'event'],
    ],
    [
      'attempt 1: no answer, canceled at the end by DELETE, with a callback, by another user',
      ['1', 'no answer', 'at the end', 'callback and event'],
    ],
    [
      'attempt 3: succeeds, canceled before the start by DELETE',
      ['0', 'not started', 'before the start', 'event'],
    ],
  ])('is read from a row of the plan: %s', (row, [attempt, ending, cancellation, notification]) => {
    const findings = [{ clause: 'a.b', reason: `got 3, at its end (${row})`, certain: true, again: true }];
    expect(situationsOf('a.b', [check({ clause: 'x.y', findings })])).toEqual([
      { attempt, ending, cancellation, notification, load: 'many at once' },
    ]);
  });
});

describe('situations of a clause', () => {
  const one = {
    attempt: '1',
    ending: 'succeeds',
    cancellation: 'never',
    notification: 'nobody',
    load: 'alone',
  };

  it('are told by factor, each level once', () => {
    const levels = caughtIn([one, { ...one, attempt: '2' }]);
    expect(levels).toMatchObject({ attempt: ['1', '2'], load: ['alone'] });
    expect(caughtIn([])).toBeUndefined();
    expect(levels && alsoCaughtIn(levels, { ...levels, load: ['many at once'] }).load).toEqual([
      'alone',
      'many at once',
    ]);
  });

  it('drop out with their clause', () => {
    const levels = caughtIn([one]) as NonNullable<ReturnType<typeof caughtIn>>;
    expect(updateSituations({ gone: levels }, { kept: levels }, { kept: ['kept-x'] })).toEqual({
      kept: levels,
    });
  });

  it('are kept for clauses that are proven alone', () => {
    const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
    const proven = read('./proven.json') as Proven;
    const kept = read('./situations.json') as KeptSituations;
    expect(
      Object.keys(kept).filter((clause) => !(clause in proven)),
      'run `npm run refresh`',
    ).toEqual([]);
    expect(Object.keys(kept).length).toBeGreaterThan(0);
  });
});
