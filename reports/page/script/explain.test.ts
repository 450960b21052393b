import { describe, expect, it } from 'vitest';
import type { Evidence, Exchange, Received } from '../../../harness/evidence.ts';
import { codesLegend } from './codes.ts';
import { commandFor, replayCommand } from './command.ts';
import { locateExchange, locateOperation } from './locate-exchange.ts';
import { changedParts } from './inline-diff.ts';
import { shortReason } from './short-reason.ts';
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

function mismatch(subject: string, expected: string, actual: string): Evidence {
  return { kind: 'mismatch', subject, expected, actual };
}

describe('the exchange that shows a difference', () => {
  const monitorRead = exchange('GET', monitor, { backgroundOperationStateCode: 3 });
  const rowRead = exchange('GET', row, { name: 'x', retrycount: 2 });

  it('is the delivery with the value that came', () => {
    const callback = received('callback', '/hook?sig=%2babc');
    const evidence = [
      callback,
      monitorRead,
      mismatch('path and query of the callback', '"/hook?sig=%2Babc"', '"/hook?sig=%2babc"'),
    ];
    expect(locateExchange(evidence)).toBe(callback);
  });

  it('is the newest one with the member, the option or the status that is spoken of', () => {
    const query = exchange('GET', '/api/data/v9.2/backgroundoperations?$filter=name%20eq%20%27x%27', {});
    const refused = exchange('DELETE', monitor, {}, 200);
    const all = [rowRead, query, refused, monitorRead];
    expect(locateExchange([...all, mismatch('retrycount after 2 attempts', '1', '2')])).toBe(rowRead);
    expect(locateExchange([...all, mismatch("the own rows for $filter=name eq 'x'", '["a"]', '[]')])).toBe(
      query,
    );
    expect(locateExchange([...all, mismatch('the status of DELETE after the end', 'not 2xx', '200')])).toBe(
      refused,
    );
    expect(locateExchange([...all, mismatch('the codes of the monitor', 'not (3,*)', '"(3,32)"')])).toBe(
      monitorRead,
    );
  });

  it('is the one whose member has the value, not one where it stands by chance', () => {
    const byChance = exchange('GET', monitor, { outputs: { Text: '' } });
    const shows = exchange('GET', row, { outputparameters: '{"Text":""}' });
    const told = mismatch('outputparameters', 'an array of {Key, Value}', String.raw`"{\"Text\":\"\"}"`);
    expect(locateExchange([shows, byChance, told])).toBe(shows);
  });

  it('names the operation that broke the requirement, whose story comes first', () => {
    const other = '11111111-2222-4333-8444-555555555555';
    const otherRead = exchange('GET', `/api/backgroundoperation/${other}`, { other: 1 });
    expect(locateOperation([monitorRead, otherRead], monitorRead)).toBe(id);
    const named = mismatch(`the rows without ${id}`, '[]', '["x"]');
    expect(locateOperation([monitorRead, otherRead, named], undefined)).toBe(id);
    expect(locateOperation([monitorRead, otherRead], undefined)).toBe(other);
    const timelines = timelinesOf([otherRead, otherRead, monitorRead, rowRead], id);
    expect(timelines.map(({ title }) => title)).toEqual([`Operation ${id}`, `Operation ${other}`]);
  });

  it('is none where nothing speaks for one, and never a question of the probe', () => {
    const asked = received('probe', '/control');
    expect(locateExchange([asked, rowRead, mismatch('the time between', '30', '3')])).toBeUndefined();
    expect(locateExchange([rowRead])).toBeUndefined();
  });
});

describe('a reason in short', () => {
  it('keeps of two objects what differs', () => {
    expect(
      shortReason(
        'monitor: expected {"Text":null,"state":3,"status":32}, got {"Text":"done","state":3,"status":30}',
      ),
    ).toBe(
      'monitor: expected {"Text":null,"status":32}, got {"Text":"done","status":30} (the other members are equal)',
    );
  });

  it('keeps of two long texts the part around the difference, and the number of further checks', () => {
    const long = '/bgop/3daffdbc-1/fa7e84eb37ba4f2f884f899a36461238?z=1&a=';
    expect(shortReason(`URL: expected "${long}Z", got "${long}z" (and in 8 more checks)`)).toBe(
      'URL: expected "…61238?z=1&a=Z", got "…61238?z=1&a=z" (and in 8 more checks)',
    );
    expect(shortReason(`expected "x${long}", got "y${long}"`)).toBe(
      'expected "x/bgop/3daffd…", got "y/bgop/3daffd…"',
    );
  });

  it('shows JSON in a text as it is, not escaped', () => {
    expect(shortReason(String.raw`outputparameters: expected an array, got "{\"Text\":\"a\"}"`)).toBe(
      'outputparameters: expected an array, got the text {"Text":"a"}',
    );
  });

  it('leaves alone what is short or says no such thing', () => {
    for (const reason of ['retrycount: expected 3, got 4', 'blocked by monitor.codes', 'expected {x, got {y'])
      expect(shortReason(reason)).toBe(reason);
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

  it('of a long life keeps the beginning and the end, and says so', () => {
    const reads = Array.from({ length: 60 }, (_, index) => at(2 * index, 2 * index + 1, monitor, progress));
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
