import { describe, expect, it } from 'vitest';
import { headerOf, jsonObject } from './plain.ts';
import { createKit, succeedingProbe } from './test-kit.ts';

const codes = (state: number, status: number) => ({
  backgroundOperationStateCode: state,
  backgroundOperationStatusCode: status,
});
const failing = { outcome: 'fail', errorMessage: 'Ünlucky' };

describe('the life of an operation', () => {
  it('waits until the clock moves, then succeeds with the outputs', async () => {
    const kit = createKit();
    const id = await kit.submit();
    expect(await kit.monitor(id)).toEqual(codes(0, 0));
    expect(kit.sent).toHaveLength(0);
    await kit.advance(1);
    expect(await kit.monitor(id)).toEqual({ ...codes(3, 30), Text: 'done', Count: 3 });
    expect(JSON.parse(kit.sent[0]?.body ?? '')).toMatchObject({
      time: '2026-01-01T00:00:00.001Z',
      attempt: 1,
      backgroundOperationId: id,
    });
  });

  it('retries three times with growing waits, and fails with the last error', async () => {
    const kit = createKit({}, (_request, sent) => ({ ...failing, errorMessage: `error ${sent}` }));
    const id = await kit.submit();
    await kit.advance(3_600_000);
    const times = kit.sent.map(({ body }) => Date.parse(String(jsonObject(body)?.time)));
    const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(waits).toEqual([30_000, 60_000, 120_000]);
    expect(await kit.monitor(id)).toEqual({
      ...codes(3, 31),
      backgroundOperationErrorCode: 0,
      backgroundOperationErrorMessage: 'error 4',
    });
    expect(await kit.row(id)).toMatchObject({ retrycount: 3, errorcode: 0, errormessage: 'error 4' });
  });

  it('recovers when a retry succeeds, and forgets the error', async () => {
    const kit = createKit({}, (_request, sent) => (sent < 3 ? failing : succeedingProbe));
    const id = await kit.submit();
    await kit.advance(3_600_000);
    expect(await kit.monitor(id)).toEqual({ ...codes(3, 30), Text: 'done', Count: 3 });
    expect(await kit.row(id)).toMatchObject({ retrycount: 2, errorcode: null, errormessage: null });
  });

  it('keeps the code of an error of the platform', async () => {
    const kit = createKit({}, () => ({ ...failing, errorCode: -2147187707 }));
    const id = await kit.submit();
    await kit.advance(3_600_000);
    expect(await kit.monitor(id)).toMatchObject({ backgroundOperationErrorCode: -2147187707 });
  });

  it('lets an attempt run for two minutes to the millisecond, and no longer', async () => {
    const orders = [120_000, 120_001].map((milliseconds) => ({ outcome: 'continue', milliseconds }));
    for (const [order, status] of [
      [orders[0], 30],
      [orders[1], 31],
    ] as const) {
      const first = { ...order };
      const kit = createKit({ choices: { retryTimeOuts: false } }, (_request, sent) =>
        sent === 1 ? first : succeedingProbe,
      );
      const id = await kit.submit();
      await kit.advance(600_000);
      expect(await kit.monitor(id)).toMatchObject({ backgroundOperationStatusCode: status });
    }
  });

  it('expires by what is stored', async () => {
    const kit = createKit();
    const id = await kit.submit();
    await kit.advance(1);
    await kit.advance(7_776_000_000 - 1);
    expect(await kit.monitor(id)).toMatchObject(codes(3, 30));
    await kit.advance(1);
    expect((await kit.call('GET', `/api/backgroundoperation/${id}`)).status).toBe(404);
  });
});

describe('cancellation', () => {
  it('keeps an operation that has not started from ever being executed', async () => {
    const kit = createKit();
    const id = await kit.submit();
    const answer = await kit.call('DELETE', `/api/backgroundoperation/${id}`);
    expect([answer.status, jsonObject(answer.body)]).toEqual([200, codes(2, 22)]);
    expect(await kit.monitor(id)).toEqual(codes(2, 22));
    await kit.advance(1000);
    expect(await kit.monitor(id)).toEqual(codes(3, 32));
    expect(kit.sent).toHaveLength(0);
  });

  it('lets a running attempt come to its own end', async () => {
    const kit = createKit({}, (_request, sent) =>
      sent === 1 ? { outcome: 'continue', milliseconds: 60_000 } : succeedingProbe,
    );
    const id = await kit.submit();
    await kit.advance(10);
    await kit.call('DELETE', `/api/backgroundoperation/${id}`);
    expect(await kit.monitor(id)).toEqual(codes(2, 22));
    await kit.advance(60_000);
    expect(await kit.monitor(id)).toEqual({ ...codes(3, 30), Text: 'done', Count: 3 });
  });

  it('ends the retries', async () => {
    const kit = createKit({}, () => failing);
    const id = await kit.submit();
    await kit.advance(10);
    await kit.call('PATCH', `/api/data/v9.2/backgroundoperations(${id})`, {
      headers: { 'if-match': '*' },
      body: { backgroundoperationstatecode: 2, backgroundoperationstatuscode: 22 },
    });
    await kit.advance(3_600_000);
    expect(kit.sent).toHaveLength(1);
    expect(await kit.monitor(id)).toMatchObject(codes(3, 32));
  });
});

describe('deliveries', () => {
  it('posts one callback after the end, with the payload of the documentation', async () => {
    const kit = createKit();
    const id = await kit.submit({ callback: "https://receiver/x?sig=a,b;c='d'" });
    await kit.advance(1);
    const callback = kit.sent.find(({ purpose }) => purpose === 'callback');
    expect(callback?.url).toBe("https://receiver/x?sig=a,b;c='d'");
    expect(jsonObject(callback?.body)).toEqual({
      location: `https://contoso.example/api/backgroundoperation/${id}`,
      backgroundOperationId: id,
      ...codes(3, 30),
    });
    await kit.advance(86_400_000);
    expect(kit.sent.filter(({ purpose }) => purpose === 'callback')).toHaveLength(1);
  });

  it('tries again where the receiver is unavailable for a while, and changes nothing', async () => {
    const kit = createKit({}, ({ purpose }) =>
      purpose === 'callback' ? { status: 503, body: '' } : succeedingProbe,
    );
    const id = await kit.submit({ callback: 'https://receiver/' });
    await kit.advance(86_400_000);
    expect(kit.sent.filter(({ purpose }) => purpose === 'callback')).toHaveLength(2);
    expect(await kit.monitor(id)).toMatchObject(codes(3, 30));
  });

  it('refuses a callback URL that is none', async () => {
    const kit = createKit();
    const answer = await kit.call('POST', '/api/data/v9.2/bgop_Probe', {
      body: { ControlUrl: 'http://listener/' },
      headers: { prefer: 'respond-async,odata.callback;url="nowhere"' },
    });
    expect(answer.status).toBe(400);
  });
});

describe('scarce resources', () => {
  it('let as many attempts run as there is room, the highest priority first', async () => {
    const kit = createKit({ capacity: 1 }, (request, sent) =>
      sent % 2 === 1 ? { outcome: 'continue', milliseconds: 1000 } : succeedingProbe,
    );
    const ids = [await kit.submit(), await kit.submit(), await kit.submit()];
    await kit.call('PATCH', `/api/data/v9.2/backgroundoperations(${ids[2]})`, {
      headers: { 'if-match': '*' },
      body: { priority: 5 },
    });
    await kit.advance(1);
    expect(kit.sent).toHaveLength(1);
    expect(await kit.monitor(ids[0] ?? '')).toEqual(codes(0, 0));
    await kit.advance(10_000);
    const order = kit.sent.map(({ body }) => jsonObject(body)?.backgroundOperationId);
    expect(order).toEqual([ids[2], ids[2], ids[0], ids[0], ids[1], ids[1]]);
  });
});

describe('access', () => {
  it('challenges a request without a token', async () => {
    const answer = await createKit().call('GET', '/api/data/v9.2/WhoAmI', { token: null });
    expect([answer.status, headerOf(answer, 'www-authenticate')]).toEqual([
      401,
      expect.stringMatching(/^Bearer authorization_uri=https:/),
    ]);
  });

  it('refuses a user without the privileges, and creates nothing', async () => {
    const kit = createKit();
    const answer = await kit.call('POST', '/api/data/v9.2/bgop_Probe', {
      body: { ControlUrl: 'http://listener/' },
      headers: { prefer: 'respond-async' },
      token: 'token-unprivileged',
    });
    expect([answer.status, jsonObject(answer.body)]).toMatchObject([403, { error: { code: '0x80040220' } }]);
    await kit.advance(1000);
    expect(kit.sent).toHaveLength(0);
  });

  it('takes the initiator for granted where no authentication is wanted', async () => {
    const kit = createKit({ requireAuth: false });
    expect((await kit.call('GET', '/api/data/v9.2/WhoAmI', { token: null })).status).toBe(200);
    expect((await kit.call('GET', '/api/data/v9.2/WhoAmI', { token: 'wrong' })).status).toBe(401);
  });
});
