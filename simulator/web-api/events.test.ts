import { describe, expect, it } from 'vitest';
import { headerOf, jsonObject } from '../plain.ts';
import type { Kit } from '../test-kit.ts';
import { createKit, succeedingProbe } from '../test-kit.ts';

const root = '/api/data/v9.2/';

async function create(kit: Kit, set: string, body: unknown): Promise<string> {
  const answer = await kit.call('POST', `${root}${set}`, { body });
  return /\(([^)]+)\)$/.exec(headerOf(answer, 'odata-entityid') ?? '')?.[1] ?? `refused: ${answer.status}`;
}

async function subscribe(
  kit: Kit,
  step: Record<string, unknown> = {},
  endpoint: Record<string, unknown> = {},
) {
  const listed = await kit.call(
    'GET',
    `${root}sdkmessages?$select=sdkmessageid&$filter=name eq 'OnBackgroundOperationComplete'`,
  );
  const rows = jsonObject(listed.body)?.value as { sdkmessageid: string }[];
  const endpointId = await create(kit, 'serviceendpoints', {
    name: 'suite',
    contract: 8,
    url: 'https://receiver/hook?x=1',
    authtype: 4,
    authvalue: 'k&y',
    ...endpoint,
  });
  return create(kit, 'sdkmessageprocessingsteps', {
    name: 'suite step',
    mode: 1,
    stage: 40,
    rank: 1,
    asyncautodelete: true,
    'sdkmessageid@odata.bind': `/sdkmessages(${rows[0]?.sdkmessageid ?? ''})`,
    'eventhandler_serviceendpoint@odata.bind': `/serviceendpoints(${endpointId})`,
    ...step,
  });
}

const hooks = (kit: Kit) => kit.sent.filter(({ purpose }) => purpose === 'webhook');

async function jobs(kit: Kit): Promise<unknown[]> {
  return jsonObject((await kit.call('GET', `${root}asyncoperations`)).body)?.value as unknown[];
}

describe('OnBackgroundOperationComplete', () => {
  it('reaches a subscribed webhook with the documented context, once', async () => {
    const kit = createKit();
    await subscribe(kit);
    const id = await kit.submit();
    await kit.advance(86_400_000);
    const [hook] = hooks(kit);
    expect(hook?.url).toBe('https://receiver/hook?x=1&code=k%26y');
    expect(Object.fromEntries(hook?.headers ?? [])).toMatchObject({
      'x-ms-dynamics-request-name': 'OnBackgroundOperationComplete',
    });
    expect(jsonObject(hook?.body)).toMatchObject({
      MessageName: 'OnBackgroundOperationComplete',
      Mode: 1,
      Stage: 40,
      InputParameters: [
        { key: 'PayloadType', value: 0 },
        { key: 'LocationUrl', value: `https://contoso.example/api/backgroundoperation/${id}` },
        { key: 'BackgroundOperationId', value: id },
      ],
      OutputParameters: [
        { key: 'BackgroundOperationStateCode', value: 3 },
        { key: 'BackgroundOperationStatusCode', value: 30 },
        { key: 'OperationName', value: 'bgop_Probe' },
      ],
    });
    expect([hooks(kit).length, await jobs(kit)]).toEqual([1, []]);
  });

  it('carries headers or query values of the endpoint', async () => {
    const authvalue = '<settings><setting name="a b" value="1&amp;2" /></settings>';
    const kit = createKit();
    await subscribe(kit, {}, { authtype: 5, authvalue });
    await subscribe(kit, {}, { authtype: 6, authvalue, url: 'https://receiver/q' });
    await kit.submit();
    await kit.advance(1);
    expect(hooks(kit)[0]?.headers).toContainEqual(['a b', '1&2']);
    expect(hooks(kit)[1]?.url).toBe('https://receiver/q?a%20b=1%262');
  });

  it('leaves a job behind without auto delete, and where the delivery failed', async () => {
    const kit = createKit({}, ({ purpose }) =>
      purpose === 'webhook' ? { status: 500, body: '' } : succeedingProbe,
    );
    await subscribe(kit);
    await kit.submit();
    await kit.advance(1);
    expect(await jobs(kit)).toMatchObject([{ statuscode: 31, messagename: 'OnBackgroundOperationComplete' }]);
  });

  it('is not told again to a step that was deleted after a failed call', async () => {
    for (const deleted of [false, true]) {
      const kit = createKit({}, ({ purpose }) =>
        purpose === 'webhook' ? { status: 503, body: '' } : succeedingProbe,
      );
      const step = await subscribe(kit);
      await kit.submit();
      await kit.advance(1);
      if (deleted) await kit.call('DELETE', `${root}sdkmessageprocessingsteps(${step})`);
      await kit.advance(86_400_000);
      expect(hooks(kit)).toHaveLength(deleted ? 1 : 2);
    }
  });

  it('comes to each of many steps, to 20 at a time', async () => {
    let [underWay, most, sent] = [0, 0, 0];
    const kit = createKit({
      send: async () => {
        most = Math.max(most, ++underWay);
        sent++;
        await new Promise(setImmediate);
        underWay--;
        return { status: 200, body: '' };
      },
    });
    for (let step = 0; step < 50; step++) await subscribe(kit);
    await kit.call('POST', `${root}sample_CleanupExportedDataAnnotations`, {
      headers: { prefer: 'respond-async' },
      body: {},
    });
    await kit.advance(60_000);
    expect([most, sent]).toEqual([20, 50]);
  });

  it('comes no more once the step is disabled or deleted', async () => {
    const kit = createKit();
    const step = await subscribe(kit);
    await kit.call('PATCH', `${root}sdkmessageprocessingsteps(${step})`, { body: { statecode: 1 } });
    await kit.submit();
    await kit.advance(1);
    await kit.call('PATCH', `${root}sdkmessageprocessingsteps(${step})`, { body: { statecode: 0 } });
    expect((await kit.call('DELETE', `${root}sdkmessageprocessingsteps(${step})`)).status).toBe(204);
    await kit.submit();
    await kit.advance(1);
    expect(hooks(kit)).toHaveLength(0);
  });

  it('allows asynchronous steps on itself only', async () => {
    const kit = createKit();
    expect(await subscribe(kit, { mode: 0 })).toBe('refused: 400');
    const other = { 'sdkmessageid@odata.bind': '/sdkmessages(5f3c9a10-2b6d-4a71-9c0e-0b1d5e7a9c02)' };
    expect(await subscribe(kit, other)).toBe('refused: 400');
  });

  it('is listed as a custom API for asynchronous steps', async () => {
    const answer = await createKit().call(
      'GET',
      `${root}customapis?$select=allowedcustomprocessingsteptype&$filter=uniquename eq 'OnBackgroundOperationComplete'`,
    );
    expect(jsonObject(answer.body)?.value).toMatchObject([{ allowedcustomprocessingsteptype: 1 }]);
  });
});

describe('the endpoints', () => {
  it.each([{}, { name: 'x' }, { name: 'x', contract: 8 }, { name: 'x', contract: 8, url: 'ftp://x/' }])(
    'refuse %j',
    async (body) => {
      expect(await create(createKit(), 'serviceendpoints', body)).toBe('refused: 400');
    },
  );

  it('never show their secret', async () => {
    const kit = createKit();
    await subscribe(kit);
    const listed = await kit.call('GET', `${root}serviceendpoints`);
    expect(listed.body).not.toContain('k&y');
  });
});
