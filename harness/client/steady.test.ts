import { describe, expect, it } from 'vitest';
import type { WireAnswer, WireRequest } from '../answer.ts';
import type { Notice } from '../notices.ts';
import type { Transport } from '../transport.ts';
import { Interrupted, TransportError } from '../verdict.ts';
import { NoAnswer } from './no-answer.ts';
import { SteadyTransport } from './steady.ts';

const origin = 'http://target.test';
const read = (path: string): WireRequest => ({
  method: 'GET',
  url: origin + path,
  headers: [['Authorization', 'x']],
});
const write = (path: string, method = 'POST'): WireRequest => ({ ...read(path), method });
const fine: WireAnswer = { status: 200, headers: [['Content-Type', 'application/json']], body: '{}' };
const page: WireAnswer = { status: 502, headers: [['Content-Type', 'text/html']], body: '<html>' };

/** A transport over a script, on a clock of its own. */
function over(answer: (request: WireRequest, number: number) => WireAnswer) {
  let number = 0;
  let now = 0;
  const notes: string[] = [];
  const inner: Transport = {
    send: async (request) => answer(request, (number += 1)),
    close: () => Promise.resolve(),
  };
  const steady = new SteadyTransport(inner, () => Promise.resolve(read('/WhoAmI')), {
    note: (source, message) => void notes.push(`${source}: ${message}`),
    now: () => now,
    sleep: (milliseconds) => Promise.resolve((now += milliseconds)),
  });
  return { steady, notes, sent: () => number };
}

it('shows that the target answers while a long check goes on, and what bad answers may cost it', async () => {
  let now = 0;
  let number = 0;
  const told: Notice[] = [];
  const costs: number[] = [];
  const send = (): Promise<WireAnswer> => Promise.resolve((number += 1) === 2 ? page : fine);
  const steady = new SteadyTransport(
    { send, close: () => Promise.resolve() },
    () => Promise.resolve(read('/WhoAmI')),
    {
      note: () => undefined,
      tell: (notice) => void told.push(notice),
      now: () => now,
      sleep: () => Promise.resolve(),
    },
  );
  steady.onWait = (milliseconds) => void costs.push(milliseconds);
  for (; now <= 40_000; now += 2_000) await steady.send(read('/rows'));
  expect(told).toEqual(Array(4).fill({ kind: 'patient', milliseconds: 0 }));
  expect(costs).toHaveLength(1);
});

describe('a read', () => {
  it('is sent again until it is answered, and what came between is noted', async () => {
    const { steady, notes } = over((_request, number) => (number <= 2 ? page : fine));
    expect(await steady.send(read('/rows'))).toBe(fine);
    expect(notes).toEqual(
      Array(2).fill('gateway: a gateway in front of the target answered 502 (text/html)'),
    );
    expect(steady.met).toBe(2);
  });

  it('is given as the target’s own answer where it alone is answered so, and from then on at once', async () => {
    const { steady, sent } = over(({ url }) => (url.endsWith('/broken') ? page : fine));
    await steady.send(read('/rows'));
    expect(await steady.send(read('/broken'))).toBe(page);
    const before = sent();
    expect(await steady.send(read('/broken'))).toBe(page);
    expect(sent()).toBe(before + 1);
  });

  it('that is answered well first and then always badly is the target’s, and disturbs nothing', async () => {
    const { steady, notes } = over(({ url }, number) =>
      url.endsWith('/monitor') && number > 1 ? page : fine,
    );
    await steady.send(read('/monitor'));
    expect(await steady.send(read('/monitor'))).toBe(page);
    expect(notes).toEqual([]);
  });

  it('disturbs nothing either where several were sent at once', async () => {
    const strange: WireAnswer = { status: 404, headers: [], body: 'no such route' };
    const { steady, notes } = over(({ url }) => (url.endsWith('/monitor/other') ? strange : fine));
    const reads = Array.from({ length: 8 }, () => steady.send(read('/monitor/other')));
    expect(await Promise.all(reads)).toEqual(Array(8).fill(strange));
    steady.begin();
    expect(notes).toEqual([]);
  });

  it('whose body never is JSON is the target’s, though nothing else is answered better', async () => {
    const { steady } = over(() => ({ ...fine, body: '{"a":' }));
    expect(await steady.send(read('/rows'))).toMatchObject({ body: '{"a":' });
  });

  it.each([
    [{ status: 500, headers: [], body: 'upstream' }, 'Only this kind of request'],
    [{ status: 404, headers: [], body: 'no such route' }, undefined],
  ])('that alone is answered %j at first decides nothing in the form of a gateway', async (first, why) => {
    let fresh = true;
    const { steady } = over(({ url }) => {
      if (!url.endsWith('/monitor')) return fine;
      fresh = !fresh;
      return fresh ? fine : first;
    });
    for (let turn = 0; turn < 9; turn += 1) {
      for (let other = 0; other < 5; other += 1) await steady.send(read('/rows'));
      if (turn < 8) expect(await steady.send(read('/monitor'))).toBe(fine);
    }
    const last = steady.send(read('/monitor'));
    if (why === undefined) expect(await last).toBe(first);
    else
      await expect(last).rejects.toMatchObject({ blame: 'gateway', message: expect.stringContaining(why) });
  });

  it('ends as a gateway’s fault where nothing comes through, and soon the next time', async () => {
    const { steady, sent } = over(() => page);
    const ending = await steady.send(read('/rows')).catch((error: unknown) => error);
    expect(ending).toBeInstanceOf(TransportError);
    expect(ending).toMatchObject({ blame: 'gateway' });
    expect((ending as Error).message).toMatch(
      /^A gateway in front of the target answered 502 \(text\/html\): GET \/rows, \d+ times in 3\d s/,
    );
    const before = sent();
    await expect(steady.send(read('/rows'))).rejects.toThrow(TransportError);
    expect(sent() - before).toBeLessThan(4);
  });

  it('that was answered well before is given time to come back', async () => {
    const { steady } = over(({ url }, number) =>
      url.endsWith('/rows') && number > 2 && number < 7 ? page : fine,
    );
    await steady.send(read('/other'));
    await steady.send(read('/rows'));
    expect(await steady.send(read('/rows'))).toBe(fine);
  });
});

describe('a request that may have been taken', () => {
  it('is a gateway’s where it is refused in the form in which reads were refused before, else the target’s', async () => {
    const strange: WireAnswer = { status: 404, headers: [['Content-Type', 'text/plain']], body: 'no route' };
    let spoiled = false;
    const { steady } = over(({ method, url }) => {
      if (method === 'POST') return strange;
      const first = url.endsWith('/rows') && !spoiled;
      spoiled ||= first;
      return first ? strange : fine;
    });
    expect(await steady.send(write('/call'))).toBe(strange);
    expect(await steady.send(read('/rows'))).toBe(fine);
    steady.begin();
    await expect(steady.send(write('/call'))).rejects.toThrow(Interrupted);
  });

  it('interrupts its check, and is given as the target’s own where it happens at the same place again and again', async () => {
    const { steady } = over(({ method }) => (method === 'POST' ? page : fine));
    for (const again of [false, true]) {
      steady.begin(again);
      await expect(steady.send(write('/call'))).rejects.toThrow(Interrupted);
      expect(steady.interrupted).toMatchObject({ blame: 'gateway', outcome: 'inconclusive' });
    }
    steady.begin(true);
    expect(await steady.send(write('/call'))).toBe(page);
    expect(steady.interrupted).toBeUndefined();
  });

  it('is never the target’s own where a page refuses it, as a firewall does', async () => {
    const refused: WireAnswer = { ...page, status: 405 };
    const { steady, notes } = over(({ method }) => (method === 'PATCH' ? refused : fine));
    for (const again of [false, true, true, true]) {
      steady.begin(again);
      await expect(steady.send(write('/rows', 'PATCH'))).rejects.toThrow(Interrupted);
    }
    expect(steady.interrupted).toBeUndefined();
    expect(notes[0]).toBe('gateway: a gateway in front of the target answered 405 with a page (HTML)');
    expect(await steady.send(read('/rows'))).toBe(fine);
  });

  it('is a firewall’s where its refusal lacks what the target’s answers have, though the form is not a page', async () => {
    const signed = (answer: WireAnswer): WireAnswer => ({
      ...answer,
      headers: [...answer.headers, ['x-ms-service-request-id', '1']],
    });
    const refused: WireAnswer = { ...fine, status: 405, body: '{"error":"method blocked"}' };
    for (const [answer, ends] of [
      [refused, Interrupted],
      [signed(refused), undefined],
    ] as const) {
      const { steady } = over(({ method }) => (method === 'DELETE' ? answer : signed(fine)));
      await steady.send(write('/api/call'));
      for (const again of [false, true, true, true]) {
        steady.begin(again);
        const sent = steady.send(write('/api/rows', 'DELETE'));
        if (ends === undefined) expect(await sent).toBe(answer);
        else await expect(sent).rejects.toThrow(ends);
      }
    }
  });

  it('is sent anew with its check where a success lacks what the target’s answers have, up to three times', async () => {
    const accepted: WireAnswer = { ...fine, status: 202 };
    const signed: WireAnswer = { ...fine, headers: [...fine.headers, ['REQ_ID', '1']] };
    const { steady } = over(({ method }) => (method === 'POST' ? accepted : signed));
    await steady.send(read('/api/data/rows'));
    await steady.send(read('/api/data/others'));
    for (const again of [false, true]) {
      steady.begin(again);
      await expect(steady.send(write('/api/data/call'))).rejects.toThrow(
        /^A gateway .* answered 202 \(application/,
      );
    }
    steady.begin(true);
    expect(await steady.send(write('/api/data/call'))).toBe(accepted);
  });

  it('whose connection always breaks is no matter of the target alone', async () => {
    const { steady } = over(({ method }) => {
      if (method !== 'PATCH') return fine;
      throw new NoAnswer('reset', { what: 'the connection was reset', kind: 'network', taken: true });
    });
    for (const again of [false, true, true]) {
      steady.begin(again);
      await expect(steady.send(write('/rows', 'PATCH'))).rejects.toMatchObject({ blame: 'network' });
    }
    expect(steady.interrupted).toBeUndefined();
  });

  it('is told apart by its place in the check', async () => {
    const { steady } = over(({ method }, number) => (method === 'DELETE' && number % 2 === 0 ? page : fine));
    const cancelTwice = async (again: boolean): Promise<WireAnswer> => {
      steady.begin(again);
      await steady.send(write('/monitor', 'DELETE'));
      return steady.send(write('/monitor', 'DELETE'));
    };
    await expect(cancelTwice(false)).rejects.toThrow(Interrupted);
  });

  it('does not count from one check to the next', async () => {
    const { steady } = over(({ method }) => (method === 'POST' ? page : fine));
    for (let check = 0; check < 5; check += 1) {
      steady.begin();
      await expect(steady.send(write('/call'))).rejects.toThrow(Interrupted);
    }
  });

  it('needs more of the same to be the target’s where bad answers are frequent', async () => {
    const { steady } = over(({ method, url }, number) => {
      if (method === 'POST') return page;
      return url.endsWith('/rows') && number % 3 !== 0 ? page : fine;
    });
    for (let reads = 0; reads < 60; reads += 1) await steady.send(read('/rows'));
    for (const again of [false, true, true, true]) {
      steady.begin(again);
      await expect(steady.send(write('/call'))).rejects.toThrow(Interrupted);
    }
  });
});
