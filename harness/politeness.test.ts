import { describe, expect, it } from 'vitest';
import type { WireAnswer, WireRequest } from './answer.ts';
import type { Notice } from './notices.ts';
import { askedWait, PoliteTransport } from './politeness.ts';
import { requestCounter } from './requests.ts';

const get: WireRequest = { method: 'GET', url: 'http://org.test/api/data/v9.2/WhoAmI?secret=1', headers: [] };
const answer = (status: number, retryAfter?: string): WireAnswer => ({
  status,
  headers: retryAfter === undefined ? [] : [['retry-after', retryAfter]],
  body: '',
});

const ofPlatform = (retryAfter: string): WireAnswer => ({
  ...answer(429, retryAfter),
  body: '{"error":{"code":"0x80072322","message":"Number of requests exceeded the limit."}}',
});

/** A polite transport on a clock of its own, to a target that gives these answers and then 200. */
function polite(answers: WireAnswer[], { patienceMs = 600_000, limit = null as number | null } = {}) {
  let time = 0;
  const sent: { at: number; method: string }[] = [];
  const notices: Notice[] = [];
  const transport = new PoliteTransport(
    {
      send: ({ method }) => {
        sent.push({ at: time, method });
        return Promise.resolve(answers.shift() ?? answer(200));
      },
      close: () => Promise.resolve(),
    },
    {
      patienceMs,
      counter: requestCounter(limit, undefined),
      tell: (notice) => notices.push(notice),
      now: () => time,
      sleep: (milliseconds) => {
        time += milliseconds;
        return Promise.resolve();
      },
    },
  );
  return { transport, sent, notices, at: () => time };
}

describe('a polite transport', () => {
  it('waits as long as it is told to, says so, and never shows the 429', async () => {
    const { transport, sent, notices } = polite([answer(429, '7'), answer(429, '3')]);
    expect((await transport.send({ ...get, method: 'POST' })).status).toBe(200);
    expect(sent).toEqual([
      { at: 0, method: 'POST' },
      { at: 7_000, method: 'POST' },
      { at: 10_000, method: 'POST' },
    ]);
    expect(notices).toEqual([
      { kind: 'waiting', milliseconds: 7_000, why: '429 to POST /api/data/v9.2/WhoAmI' },
      { kind: 'waiting', milliseconds: 3_000, why: '429 to POST /api/data/v9.2/WhoAmI' },
    ]);
  });

  it('waits exponentially where a 429 names no time, and treats 503 so only where it names one', async () => {
    const { transport, sent } = polite([answer(429), answer(429), answer(503, '5'), answer(503)]);
    expect((await transport.send(get)).status).toBe(503);
    expect(sent.map(({ at }) => at)).toEqual([0, 1_000, 3_000, 8_000]);
  });

  it('lets requests wait that come while another one has been told to', async () => {
    const { transport, sent, at } = polite([answer(429, '4')]);
    await Promise.all([transport.send(get), transport.send(get)]);
    expect(at()).toBe(4_000);
    expect(sent.at(-1)?.at).toBe(4_000);
  });

  it('does not believe a gateway that asks for more than anybody waits, unless it says so again and again', async () => {
    const huge = answer(503, '86400');
    const once = polite([huge, huge]);
    expect((await once.transport.send(get)).status).toBe(200);
    expect(once.sent.map(({ at }) => at)).toEqual([0, 1_000, 3_000]);
    const always = polite(Array<WireAnswer>(5).fill(huge));
    await expect(always.transport.send(get)).rejects.toMatchObject({
      blame: 'gateway',
      message: expect.stringMatching(/^a gateway in front of the target answers 503 .* another 86400 s/),
    });
    expect(always.sent).toHaveLength(4);
    const own = polite([ofPlatform('86400')]);
    await expect(own.transport.send(get)).rejects.toMatchObject({
      blame: undefined,
      message: expect.stringMatching(/^the target answers 429/),
    });
  });

  it('gives up when its patience is at an end, and asks no more', async () => {
    const answers = [ofPlatform('5'), ofPlatform('6')];
    const { transport, sent, notices } = polite(answers, { patienceMs: 10_000 });
    await expect(transport.send(get)).rejects.toThrow(
      'the target answers 429 to GET /api/data/v9.2/WhoAmI and asks to wait another 6 s; the suite waits 10 s at most (timeouts.patienceMs)',
    );
    expect(notices.at(-1)?.kind).toBe('gave-up');
    await expect(transport.send(get)).rejects.toThrow('asks to wait another 6 s');
    expect(sent).toHaveLength(2);
  });

  it('moves deadlines, and tells a check that was disturbed from one that had not begun', async () => {
    const { transport } = polite([answer(429, '2'), answer(200), answer(429, '3')]);
    const moved: number[] = [];
    transport.begin();
    transport.onWait = (milliseconds) => moved.push(milliseconds);
    await transport.send(get);
    expect(transport.disturbedMs).toBe(0);
    await transport.send(get);
    expect(transport.disturbedMs).toBe(3_000);
    expect(moved).toEqual([2_000, 3_000]);
    transport.begin();
    expect(transport.disturbedMs).toBe(0);
  });

  it('sends no more than the budget allows, repetitions included, until it tidies up', async () => {
    const { transport, sent } = polite([answer(200), answer(429, '1')], { limit: 3 });
    await transport.send(get);
    await transport.send(get);
    expect(transport.spent()).toEqual({ kind: 'budget', limit: 3 });
    await expect(transport.send(get)).rejects.toThrow('request budget used up');
    expect(sent).toHaveLength(3);
    transport.tidy();
    expect((await transport.send(get)).status).toBe(200);
  });
});

describe('the time that an answer asks to wait', () => {
  it.each([
    ['a second at least', answer(429, '0'), 1_000],
    ['whole seconds', answer(429, ' 12 '), 12_000],
    ['more than anybody waits', answer(429, '100000000000'), 100_000_000_000_000],
    ['1, 2, 4 … seconds where there is no header', answer(429), 4_000],
    ['1, 2, 4 … seconds where the header means nothing', answer(429, 'soon'), 4_000],
    ['nothing for another status', answer(409, '5'), undefined],
    ['nothing for 503 without a time', answer(503), undefined],
  ])('is %s', (_name, given, expected) => {
    expect(askedWait(given, 2)).toBe(expected);
  });

  it('may be a date', () => {
    const asked = askedWait(answer(503, new Date(Date.now() + 90_000).toUTCString()), 0) ?? 0;
    expect(asked).toBeGreaterThan(80_000);
    expect(asked).toBeLessThanOrEqual(90_000);
  });
});
