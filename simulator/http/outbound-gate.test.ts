import { afterEach, describe, expect, it, vi } from 'vitest';
import type { OutboundRequest } from '../behaviour/delivery.ts';
import { createGate } from './outbound-gate.ts';

const call = (at: number): OutboundRequest => ({
  method: 'POST',
  url: `http://receiver/${at}`,
  headers: [],
  body: '',
  purpose: 'probe',
  timeoutMs: 1_000,
});

describe('the gate of outbound calls', () => {
  afterEach(() => vi.restoreAllMocks());

  it('starts dear calls a few at a time, in order, and lets others go in between', async () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const started: string[] = [];
    const gate = createGate(async ({ url }) => {
      now += 3;
      started.push(url);
      return { status: 200, body: '' };
    });
    let most = 0;
    let over = false;
    const others = (async () => {
      while (!over) {
        const before = started.length;
        await new Promise((resolve) => setImmediate(resolve));
        most = Math.max(most, started.length - before);
      }
    })();
    await Promise.all(Array.from({ length: 100 }, (_, at) => gate.send(call(at))));
    over = true;
    await others;
    expect(started).toEqual(Array.from({ length: 100 }, (_, at) => call(at).url));
    expect(most).toBeLessThanOrEqual(6);
  });

  it('has so many under way at the same time, and goes on after one that fails', async () => {
    let under = 0;
    let most = 0;
    const gate = createGate(async ({ url }) => {
      most = Math.max(most, ++under);
      await new Promise((resolve) => setImmediate(resolve));
      under -= 1;
      if (url.endsWith('3')) throw new Error('no answer');
      return { status: 200, body: url };
    }, 4);
    const sent = Array.from({ length: 30 }, (_, at) => gate.send(call(at)));
    const settled = await Promise.allSettled(sent);
    expect(settled.filter(({ status }) => status === 'rejected').length).toBe(3);
    expect(most).toBe(4);
    await gate.empty();
    expect(under).toBe(0);
  });
});
