import { describe, expect, it } from 'vitest';
import type { PlainAnswer } from '../plain.ts';
import { headerOf, jsonObject } from '../plain.ts';
import type { CustomApi } from '../custom-apis/custom-api.ts';
import { createSimulator, type SimulatorOptions } from '../simulator.ts';

/** A simulator with limits on a clock that the test moves, and a synchronous custom API that it ends. */
function protectedSimulator(limits: SimulatorOptions['serviceProtection'] = {}) {
  let time = 0;
  const pending: (() => void)[] = [];
  const slow: CustomApi = {
    uniqueName: 'test_Slow',
    displayName: 'Slow',
    parameters: [],
    properties: [],
    execute: () =>
      new Promise((resolve) => {
        pending.push(() => {
          resolve({});
        });
      }),
  };
  const simulator = createSimulator({
    customApis: [slow],
    serviceProtection: { now: () => time, ...limits },
  });
  const ask = (path: string, method: string, token: string) =>
    simulator.handle({
      method,
      path,
      query: '',
      origin: 'http://org.test',
      headers: { authorization: `Bearer ${token}` },
      prefer: [],
      body: '',
    });
  return {
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    whoAmI: (token = 'token-initiator') => ask('/api/data/v9.2/WhoAmI', 'GET', token) as PlainAnswer,
    clock: () => ask('/simulator/clock', 'GET', 'token-initiator'),
    slow: (token = 'token-initiator') => Promise.resolve(ask('/api/data/v9.2/test_Slow', 'POST', token)),
    endOne: () => pending.shift()?.(),
  };
}

const errorOf = (answer: PlainAnswer) => jsonObject(answer.body)?.['error'];

describe('service protection', () => {
  it('is off by default', () => {
    const simulator = createSimulator();
    const answer = simulator.handle({
      method: 'GET',
      path: '/api/data/v9.2/WhoAmI',
      query: '',
      origin: 'http://org.test',
      headers: { authorization: 'Bearer token-initiator' },
      prefer: [],
      body: '',
    }) as PlainAnswer;
    expect(headerOf(answer, 'x-ms-ratelimit-burst-remaining-xrm-requests')).toBeUndefined();
  });

  it('allows 6,000 requests of a user in five minutes and refuses the next with the documented error', () => {
    const { whoAmI, pass } = protectedSimulator();
    const first = whoAmI();
    expect(headerOf(first, 'x-ms-ratelimit-burst-remaining-xrm-requests')).toBe('5999');
    expect(headerOf(first, 'x-ms-ratelimit-time-remaining-xrm-requests')).toBe('1,200.00');
    pass(100_000);
    for (let sent = 1; sent < 6_000; sent += 1) expect(whoAmI().status).toBe(200);
    const refused = whoAmI();
    expect(refused.status).toBe(429);
    expect(headerOf(refused, 'Retry-After')).toBe('200');
    expect(headerOf(refused, 'x-ms-ratelimit-burst-remaining-xrm-requests')).toBe('0');
    expect(errorOf(refused)).toEqual({
      code: '0x80072322',
      message: 'Number of requests exceeded the limit of 6000 over time window of 300 seconds.',
    });
    expect(whoAmI('token-other').status).toBe(200);
  });

  it('lets the user in again once the told time is over, and makes the impatient wait longer', () => {
    const { whoAmI, pass } = protectedSimulator({ requests: 2, windowMs: 10_000 });
    whoAmI();
    pass(4_000);
    whoAmI();
    expect(headerOf(whoAmI(), 'Retry-After')).toBe('6');
    expect(headerOf(whoAmI(), 'Retry-After')).toBe('7');
    pass(6_000);
    expect([whoAmI().status, headerOf(whoAmI(), 'Retry-After')]).toEqual([429, '3']);
    pass(3_000);
    expect([whoAmI().status, whoAmI().status]).toEqual([200, 429]);
  });

  it('adds up the execution time of all requests', async () => {
    const { slow, endOne, pass, whoAmI } = protectedSimulator({ executionMs: 20_000, windowMs: 60_000 });
    const [one, two] = [slow(), slow()];
    pass(10_000);
    endOne();
    endOne();
    await Promise.all([one, two]);
    const refused = whoAmI();
    expect([refused.status, headerOf(refused, 'Retry-After')]).toEqual([429, '50']);
    expect(headerOf(refused, 'x-ms-ratelimit-time-remaining-xrm-requests')).toBe('0.00');
    expect(errorOf(refused)).toMatchObject({
      code: '0x80072321',
      message:
        'Combined execution time of incoming requests exceeded limit of 20,000 milliseconds over time window of 60 seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.',
    });
  });

  it('refuses the fifty-third request at the same time, and the next when one has been answered', async () => {
    const { slow, endOne, whoAmI } = protectedSimulator();
    const running = Array.from({ length: 52 }, () => slow());
    const refused = whoAmI();
    expect([refused.status, headerOf(refused, 'Retry-After')]).toEqual([429, '1']);
    expect(errorOf(refused)).toEqual({
      code: '0x80072326',
      message: 'Number of concurrent requests exceeded the limit of 52.',
    });
    endOne();
    await Promise.race(running);
    expect(whoAmI().status).toBe(200);
  });

  it('counts neither the clock interface nor what nobody signed in for', async () => {
    const { whoAmI, clock } = protectedSimulator({ requests: 1 });
    expect(whoAmI('token-nobody').status).toBe(401);
    expect((await clock()).status).toBe(200);
    expect([whoAmI().status, whoAmI().status, whoAmI('token-nobody').status]).toEqual([200, 429, 401]);
    expect((await clock()).status).toBe(200);
  });
});
