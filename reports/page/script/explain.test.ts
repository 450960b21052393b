import { describe, expect, it } from 'vitest';
import type { Evidence, Exchange, Received } from '../../../record/evidence.ts';
import { codesLegend } from './codes.ts';
import { commandFor, replayCommand } from './command.ts';
import { locateExchange, locateOperation } from './locate-exchange.ts';
import { changedParts } from './inline-diff.ts';
import { rowsOf } from './timeline.ts';
import { timelinesOf } from './timeline-layout.ts';

const id = '6b3baca2-5097-4a36-94cb-e8c9e92439de';
const monitor = `/api/backgroundoperation/${id}`;
const row = `/api/data/v9.2/backgroundoperations(${id})`;

function exchange(method: string, path: string, body: object, status = 200): Exchange {
  return {
    kind: 'exchange',
    at: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    principal: 'initiator',
    request: { method, url: `https://contoso.example${path}`, headers: [] },
    response: { status, headers: [['etag', 'W/"5"']], body: { text: JSON.stringify(body) } },
  };
}

function received(purpose: Received['purpose'], url: string, answered = '200', told = {}): Received {
  const body = { text: JSON.stringify({ backgroundOperationId: id, ...told }) };
  const operationId = id;
  const at = '2026-01-01T00:00:00.000Z';
  return { kind: 'received', at, purpose, method: 'POST', url, headers: [], body, answered, operationId };
}

const told = { kind: 'mismatch', subject: 'the status', expected: '200', actual: '404' } as const;

describe('the exchange that shows a difference', () => {
  const monitorRead = exchange('GET', monitor, { backgroundOperationStateCode: 3 });
  const rowRead = exchange('GET', row, { name: 'x', retrycount: 2 });

  it('is the one that the mismatch names, be it a request or a delivery', () => {
    const callback = { ...received('callback', '/hook'), id: 3 };
    const all = [{ ...rowRead, id: 1 }, callback, { ...monitorRead, id: 5 }];
    const shows = (named: number): unknown => locateExchange([{ ...told, exchange: named }, ...all]);
    expect(shows(1)).toBe(all[0]);
    expect(shows(3)).toBe(callback);
    expect(shows(9)).toBeUndefined();
  });

  it('is that of the run which the mismatch speaks of, where a second run follows', () => {
    const [first, second] = [
      { ...monitorRead, id: 1 },
      { ...rowRead, id: 1 },
    ];
    expect(locateExchange([{ ...told, exchange: 1 }, first, second])).toBe(first);
    expect(locateExchange([first, { ...told, exchange: 1 }, second])).toBe(second);
  });

  it('is not guessed from words: of a result without ids it is none', () => {
    expect(locateExchange([told, rowRead, monitorRead])).toBeUndefined();
    expect(locateExchange([{ ...told, exchange: 1 }, rowRead])).toBeUndefined();
    expect(locateExchange([rowRead])).toBeUndefined();
  });

  it('names the operation that broke the requirement, whose story comes first', () => {
    const other = '11111111-2222-4333-8444-555555555555';
    const otherRead = exchange('GET', `/api/backgroundoperation/${other}`, { other: 1 });
    expect(locateOperation([monitorRead, otherRead], monitorRead)).toBe(id);
    expect(locateOperation([monitorRead, otherRead], undefined)).toBe(other);
    const timelines = timelinesOf([otherRead, otherRead, monitorRead, rowRead], id);
    expect(timelines.map(({ title }) => title)).toEqual([`Operation ${id}`, `Operation ${other}`]);
  });
});

describe('two texts beside each other', () => {
  it('have marks where they differ', () => {
    expect(changedParts('/hook?sig=%2Babc', '/hook?sig=%2babc')).toEqual([
      [
        { text: '/hook?sig=%2', differs: false },
        { text: 'B', differs: true },
        { text: 'abc', differs: false },
      ],
      [
        { text: '/hook?sig=%2', differs: false },
        { text: 'b', differs: true },
        { text: 'abc', differs: false },
      ],
    ]);
  });

  it('have none where these would cover most of them', () => {
    expect(changedParts('one that fits the lifecycle', 'WAITING, THEN CANCELED')).toBeUndefined();
    expect(changedParts('30', '31')).toBeUndefined();
  });
});

describe('codes', () => {
  it('are explained once, unless the text does so itself', () => {
    expect(codesLegend('expected not (3,*), got (3,32), again (3,32)')).toBe(
      '(3,*) is any end: Succeeded, Failed or Canceled; (3,32) is Canceled',
    );
    expect(codesLegend('it showed (3,32) Canceled and (9,9)')).toBeUndefined();
  });
});

describe('a command', () => {
  it('never names a package that is not ours, though the result of an old version does', () => {
    expect(commandFor('retry.count', 'npx bgop verify', 7)).toBe(
      'npx background-operations-conformance verify --seed 7 --only retry.count',
    );
  });

  it('can be typed as it is, with the seed and the one clause', () => {
    expect(commandFor('retry.count', 'bgop verify --only retry --report out', 7)).toBe(
      'npx background-operations-conformance verify --seed 7 --only retry.count',
    );
  });

  it('stays as strict for the one clause, and requires nothing of sections', () => {
    const command = 'bgop verify --only retry --seed 7 --require retry --require cancel --strict';
    expect(commandFor('retry.count', command, 7)).toBe(
      'npx background-operations-conformance verify --seed 7 --strict --only retry.count',
    );
    expect(replayCommand('bgop1.x', command)).toBe('npx background-operations-conformance replay bgop1.x');
  });

  it('replays a counterexample on the same target', () => {
    expect(
      replayCommand('bgop1.x', "bgop verify --config 'my dir/a.json' --deviate retry.count-zero --seed 7"),
    ).toBe(
      "npx background-operations-conformance replay bgop1.x --config 'my dir/a.json' --deviate retry.count-zero",
    );
  });
});

describe('a timeline', () => {
  const at = (from: number, to: number, path: string, codes: object): Exchange => ({
    ...exchange('GET', path, codes),
    order: { from, to },
  });
  const progress = { backgroundOperationStateCode: 2, backgroundOperationStatusCode: 20 };
  const done = { backgroundOperationStateCode: 3, backgroundOperationStatusCode: 30 };

  it('goes by the order of requests where they are of one millisecond', () => {
    const [timeline] = timelinesOf([at(1, 2, monitor, progress), at(3, 4, monitor, done)]);
    const [first, second] = timeline?.items.filter(({ lane }) => lane === 'state') ?? [];
    expect([first?.label, second?.label]).toEqual(['in progress', 'succeeded']);
    expect(first?.to).toBe(second?.from);
    expect(first?.to).toBeGreaterThan(first?.from ?? 0);
  });

  it('gives no order to requests that were under way at the same time', () => {
    const [timeline] = timelinesOf([at(1, 3, monitor, done), at(2, 4, monitor, progress)]);
    const states = timeline?.items.filter(({ lane }) => lane === 'state') ?? [];
    expect(states).toHaveLength(2);
    expect(new Set(states.flatMap(({ from, to }) => [from, to])).size).toBe(1);
  });

  it('keeps what the row showed apart from what the monitor showed', () => {
    const behind = { backgroundoperationstatecode: 2, backgroundoperationstatuscode: 20 };
    const [timeline] = timelinesOf([at(1, 2, monitor, done), at(3, 4, row, behind)]);
    const shown = timeline?.items.filter(({ lane }) => lane === 'state' || lane === 'row');
    expect(shown?.map(({ lane, label }) => `${lane} ${label}`)).toEqual([
      'state succeeded',
      'row in progress',
    ]);
  });

  it('marks the attempts that failed, by any answer that is no outcome too', () => {
    const [timeline] = timelinesOf([
      received('probe', '/c', '200 {"outcome":"fail"}', { attempt: 1 }),
      received('probe', '/c', 'cut', { attempt: 2 }),
      received('probe', '/c', '200 {"outcome":"succeed"}', { attempt: 3 }),
    ]);
    expect(timeline?.items.map(({ failed }) => failed === true)).toEqual([true, true, false]);
  });

  it('has room for every label, and none over another', () => {
    const submitted = exchange('POST', '/api/data/v9.2/bgop_Probe', {}, 202);
    const all = [
      submitted,
      ...Array.from({ length: 8 }, (_, index) => at(2 * index + 3, 2 * index + 4, monitor, progress)),
    ];
    const [timeline] = timelinesOf(all);
    for (const { items } of timeline === undefined ? [] : rowsOf(timeline)) {
      for (const { item, row: line } of items) {
        const next = items.find((other) => other.row === line && other.item.from > item.from);
        if (next !== undefined)
          expect(next.item.from - item.from).toBeGreaterThanOrEqual(item.label.length * 7);
      }
    }
  });

  it('of reads that show the same draws the first and the last', () => {
    const reads = Array.from({ length: 9 }, (_, index) => at(2 * index, 2 * index + 1, monitor, progress));
    const [timeline] = timelinesOf([...reads, at(200, 201, monitor, done)]);
    expect(timeline?.items.filter(({ lane }) => lane === 'requests')).toHaveLength(3);
    expect(timeline?.title).not.toContain('left out');
  });

  it('of a drawn history has room for every label', () => {
    const label = 'the cancellation by DELETE was accepted';
    const item = (from: number, to: number, lane: string) => ({ lane, label, from, to });
    const history = {
      kind: 'history',
      operationId: id,
      reason: 'it went back',
      items: [item(0, 1, 'requests'), item(1, 4, 'cancellations'), item(2, 3, 'state')],
    } as Evidence;
    const [timeline] = timelinesOf([history]);
    for (const { from, to } of timeline?.items ?? [])
      expect(to - from).toBeGreaterThanOrEqual(label.length * 7 + 12);
  });

  it('of a long life keeps the beginning and the end, and says so', () => {
    const reads = Array.from({ length: 60 }, (_, index) =>
      at(2 * index, 2 * index + 1, monitor, index % 2 === 0 ? progress : done),
    );
    const [timeline] = timelinesOf([...reads, at(200, 201, monitor, done)]);
    expect(timeline?.title).toContain('in between left out');
    expect(timeline?.items.some(({ label }) => label === 'succeeded')).toBe(true);
  });
});

describe('a timeline of a long attempt', () => {
  it('shows the first and the last time that the attempt was told to go on', () => {
    const goOn = Array.from({ length: 9 }, () =>
      received('probe', '/control', '200 {"outcome":"continue"}', { attempt: 1 }),
    );
    const [timeline] = timelinesOf([...goOn, exchange('GET', monitor, {})]);
    expect(timeline?.items.filter(({ lane }) => lane === 'attempts').map(({ label }) => label)).toEqual([
      'attempt 1: continue',
      'attempt 1: continue',
    ]);
  });
});
