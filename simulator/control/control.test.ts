import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboundRequest } from '../behaviour/delivery.ts';
import type { CustomApi } from '../custom-apis/custom-api.ts';
import type { RunningServer } from '../server.ts';
import { startServer } from '../server.ts';
import { createSimulator } from '../simulator.ts';
import type { ControlDoor } from './doors.fixture.ts';
import { httpDoor, methodsDoor } from './doors.fixture.ts';

const doors = { methods: (server: RunningServer) => methodsDoor(server.simulator), http: httpDoor };
const probe = '/api/data/v9.2/bgop_Probe';
const row = 'backgroundOperationStatusCode';

describe.each(Object.entries(doors))('the control interface by %s', (_name, doorOf) => {
  let server: RunningServer;
  let control: ControlDoor;
  let sent: OutboundRequest[];
  beforeEach(async () => {
    sent = [];
    const send = (request: OutboundRequest) => {
      sent.push(request);
      return Promise.resolve({ status: 200, body: '{"outcome":"succeed","outputs":{"Text":"done"}}' });
    };
    server = await startServer(createSimulator({ send }));
    control = doorOf(server);
  });
  afterEach(() => server.close());

  const request = (path: string, init: RequestInit = {}) =>
    fetch(`${server.url}${path}`, {
      ...init,
      headers: {
        authorization: 'Bearer token-initiator',
        'content-type': 'application/json',
        ...init.headers,
      },
    });
  const submit = async (prefer = 'respond-async') => {
    const body = '{"ControlUrl":"http://listener/"}';
    const answer = await request(probe, { method: 'POST', body, headers: { prefer } });
    return answer.headers.get('x-ms-dyn-backgroundoperationid') ?? '';
  };
  const monitor = async (id: string) => {
    const answer = await request(`/api/backgroundoperation/${id}`);
    return [answer.status, answer.ok ? ((await answer.json()) as Record<string, unknown>) : {}] as const;
  };
  const advance = (milliseconds: number) => server.simulator.clock.advance(milliseconds);

  describe('reset', () => {
    it('takes back operations, due work, faults and journal, and leaves the clock', async () => {
      const id = await submit();
      await control.addFault({ status: 503, match: { path: '/nowhere' } });
      await advance(0);
      await server.simulator.clock.advance(500);
      const other = await submit();
      const now = server.simulator.clock.now();
      await control.reset();
      expect([(await monitor(id))[0], (await monitor(other))[0]]).toEqual([404, 404]);
      expect([await control.operations(), await control.faults()]).toEqual([[], []]);
      expect((await control.requests()).requests.map(({ number }) => number)).toEqual([1, 2]);
      const before = sent.length;
      await advance(60_000);
      expect([sent.length, server.simulator.clock.now()]).toEqual([before, now + 60_000]);
      await submit();
      await advance(1);
      expect(sent).toHaveLength(before + 1);
    });

    it('sets a virtual clock back where that is wanted', async () => {
      await advance(60_000);
      await control.reset({ clock: true });
      expect(new Date(server.simulator.clock.now()).toISOString()).toBe('2026-01-01T00:00:00.000Z');
    });

    it('answers requests that were still waiting, whose work is dropped', async () => {
      const started = Promise.withResolvers<undefined>();
      const waits: CustomApi = {
        ...{ uniqueName: 'my_Waits', displayName: 'Waits', parameters: [], properties: [] },
        execute: ({ pause }) => {
          started.resolve(undefined);
          return pause(1_000).then(() => ({}));
        },
      };
      const other = await startServer({ clock: 'virtual', customApis: [waits] });
      const headers = { authorization: 'Bearer token-initiator' };
      const answer = fetch(`${other.url}/api/data/v9.2/my_Waits`, { method: 'POST', headers });
      await started.promise;
      await doorOf(other).reset();
      expect((await answer).status).toBe(503);
      await other.close();
    });

    it('refuses what it does not know, and to set a real clock back', async () => {
      const real = await startServer({ clock: 'real' });
      await expect(doorOf(real).reset({ clock: true })).rejects.toThrow('The clock is real');
      await doorOf(real).reset();
      await real.close();
      await expect(control.reset({ time: true } as object)).rejects.toThrow('"time". It may have clock');
    });
  });

  describe('requests', () => {
    it('shows what was asked and answered, with masked tokens', async () => {
      const id = await submit();
      await request('/api/data/v9.2/WhoAmI?x=1');
      const { count, requests } = await control.requests();
      expect(count).toBe(2);
      expect(requests).toMatchObject([
        { number: 1, method: 'POST', path: probe, body: '{"ControlUrl":"http://listener/"}', status: 202 },
        { number: 2, method: 'GET', query: 'x=1', status: 200, at: '2026-01-01T00:00:00.000Z' },
      ]);
      expect(requests[0]?.headers).toMatchObject({ authorization: 'Bearer ***', prefer: 'respond-async' });
      expect(requests[0]?.answerHeaders).toContainEqual(['x-ms-dyn-backgroundoperationid', id]);
      expect(requests[1]?.answerBody).toContain('OrganizationId');
      expect(requests[1]?.durationMs).toBeGreaterThan(0);
    });

    it('picks by method, path, status and number', async () => {
      const id = await submit();
      await monitor(id);
      await monitor(crypto.randomUUID());
      const numbers = async (filter: Parameters<ControlDoor['requests']>[0]) =>
        (await control.requests(filter)).requests.map(({ number }) => number);
      expect(await numbers({ method: 'get' })).toEqual([2, 3]);
      expect(await numbers({ path: '/api/backgroundoperation/*', status: 404 })).toEqual([3]);
      expect(await numbers({ path: '/api/backgroundoperation/' })).toEqual([]);
      expect(await numbers({ after: 1, limit: 1 })).toEqual([3]);
      expect(await control.requests({ limit: 0 })).toMatchObject({ count: 3, requests: [] });
      await expect(control.requests({ verb: 'GET' } as object)).rejects.toThrow('no member "verb"');
    });

    it('can be switched off and on, and cleared', async () => {
      await control.record(false);
      await submit();
      await control.record(true);
      await submit();
      expect((await control.requests()).count).toBe(1);
      await control.clearRequests();
      expect((await control.requests()).count).toBe(0);
    });
  });

  describe('faults', () => {
    it('meet the next requests that match, after those that pass', async () => {
      await control.addFault({
        match: { method: 'GET', path: '*/WhoAmI' },
        skip: 1,
        times: 2,
        status: 503,
        retryAfter: 7,
      });
      const answers = [];
      for (let each = 0; each < 4; each += 1) answers.push(await request('/api/data/v9.2/WhoAmI'));
      expect(answers.map(({ status }) => status)).toEqual([200, 503, 503, 200]);
      expect(answers[1]?.headers.get('retry-after')).toBe('7');
      expect(await answers[1]?.json()).toMatchObject({ error: { message: expect.stringContaining('503') } });
      expect(await control.faults()).toEqual([]);
    });

    it('answer as Dataverse throttles, or with any body', async () => {
      await control.addFault({ status: 429, retryAfter: 3 });
      const throttled = await request('/api/data/v9.2/WhoAmI');
      expect([throttled.status, await throttled.json()]).toMatchObject([
        429,
        { error: { code: '0x80072322' } },
      ]);
      await control.addFault({ status: 502, body: '<html>Bad gateway</html>', headers: { server: 'proxy' } });
      const html = await request('/api/data/v9.2/WhoAmI');
      expect([html.status, html.headers.get('content-type'), html.headers.get('server')]).toEqual([
        502,
        'text/html',
        'proxy',
      ]);
      expect(await html.text()).toBe('<html>Bad gateway</html>');
    });

    it('cut the connection before the work, or after it: the operation of a lost 202 exists', async () => {
      await control.addFault({ cut: true });
      await expect(submit()).rejects.toThrow();
      expect(await control.operations()).toEqual([]);
      await control.addFault({ cut: true, when: 'after' });
      await expect(submit()).rejects.toThrow();
      expect(await control.operations()).toHaveLength(1);
      expect((await control.requests({ path: probe })).requests.map((each) => each.status ?? 'cut')).toEqual([
        'cut',
        'cut',
      ]);
    });

    it('delay, and then let the request through', async () => {
      await control.addFault({ delayMs: 20 });
      await submit();
      const [entry] = (await control.requests()).requests;
      expect([entry?.status, (entry?.durationMs ?? 0) >= 15]).toEqual([202, true]);
    });

    it('can be listed and taken back, one or all', async () => {
      const first = await control.addFault({ status: 500 });
      const second = await control.addFault({ status: 501, times: 5 });
      await request('/api/data/v9.2/WhoAmI', { method: 'GET' });
      expect(await control.faults()).toMatchObject([{ id: second.id, times: 5, met: 0 }]);
      await expect(control.removeFault(first.id)).rejects.toThrow(first.id);
      await control.removeFault(second.id);
      await control.addFault({ status: 500 });
      await control.clearFaults();
      expect((await request('/api/data/v9.2/WhoAmI')).status).toBe(200);
    });

    it.each<[string, object]>([
      ['needs "status", "cut" or "delayMs"', {}],
      ['either "status" or "cut"', { status: 500, cut: true }],
      ['"status" of a fault has to be a whole number from 200 to 599', { status: 99 }],
      ['no member "verb"', { status: 500, match: { verb: 'GET' } }],
      ['"when" of a fault has to be "before" or "after"', { status: 500, when: 'never' }],
      ['The header "a b"', { status: 500, headers: { 'a b': 'c' } }],
    ])('are refused with %s', async (message, rule) => {
      await expect(control.addFault(rule)).rejects.toThrow(message);
    });
  });

  describe('operations', () => {
    it('are listed and picked', async () => {
      const [first, second] = [await submit(), await submit()];
      await request('/api/data/v9.2/sample_Echo', {
        method: 'POST',
        body: '{}',
        headers: { prefer: 'respond-async' },
      });
      await control.finish(second);
      expect((await control.operations()).map(({ name }) => name)).toEqual([
        'bgop_Probe',
        'bgop_Probe',
        'sample_Echo',
      ]);
      expect(await control.operations({ state: 3 })).toMatchObject([{ id: second, status: 30, attempts: 1 }]);
      expect(await control.operations({ name: 'bgop_Probe', limit: 1 })).toMatchObject([
        { id: first, status: 0 },
      ]);
      expect(await control.operation(crypto.randomUUID())).toBeUndefined();
    });

    it('finish with outputs, without the custom API, and call back', async () => {
      const id = await submit('respond-async,odata.callback;url="http://callback/"');
      expect(await control.finish(id, { Text: 'by hand', Count: 7 })).toMatchObject({
        state: 3,
        status: 30,
        attempts: 1,
      });
      expect((await monitor(id))[1]).toMatchObject({ [row]: 30, Text: 'by hand', Count: 7 });
      await server.simulator.sent();
      expect(sent.map(({ url }) => url)).toEqual(['http://callback/']);
      await advance(600_000);
      expect(sent).toHaveLength(1);
    });

    it('fail for good, or with retries', async () => {
      const [id, retried] = [await submit(), await submit()];
      const failed = await control.fail(id, { code: -2147220969, message: 'gone' });
      expect(failed).toMatchObject({ status: 31, errorCode: -2147220969, errorMessage: 'gone' });
      expect(await control.fail(retried, { retry: true })).toMatchObject({ status: 0, attempts: 1 });
      await advance(29_999);
      expect(await control.operation(retried)).toMatchObject({ status: 0, attempts: 1 });
      await advance(1);
      expect(await control.operation(retried)).toMatchObject({ status: 30, attempts: 2 });
    });

    it('end while they are executed, and what the custom API says later is ignored', async () => {
      const answer = await request('/api/data/v9.2/sample_ExportDataUsingFetchXmlToAnnotation', {
        method: 'POST',
        body: '{"FetchXml":"<fetch></fetch>"}',
        headers: { prefer: 'respond-async' },
      });
      const id = answer.headers.get('x-ms-dyn-backgroundoperationid') ?? '';
      await advance(1);
      expect(await control.operation(id)).toMatchObject({ status: 20, executing: true });
      await control.fail(id, { retry: true });
      await advance(30_000);
      expect(await control.operation(id)).toMatchObject({ attempts: 2, executing: true });
      // The first attempt would have ended here.
      await advance(20_000);
      expect(await control.operation(id)).toMatchObject({ attempts: 2, executing: true });
      await advance(30_000);
      expect(await control.operation(id)).toMatchObject({ status: 30, attempts: 2 });
    });

    it('are refused where they have ended, are canceled or unknown, or the outputs do not fit', async () => {
      const [id, canceled] = [await submit(), await submit()];
      await expect(control.finish(id, { Nothing: 1 })).rejects.toThrow('none of its response properties');
      await control.finish(id);
      await expect(control.fail(id)).rejects.toThrow('has ended already');
      await request(`/api/backgroundoperation/${canceled}`, { method: 'DELETE' });
      await expect(control.finish(canceled)).rejects.toThrow('ends as canceled');
      await expect(control.finish(crypto.randomUUID())).rejects.toThrow('There is no operation');
      await expect(control.fail(id, { code: 1.5 })).rejects.toThrow('"code"');
    });
  });
});
