import { describe, expect, it } from 'vitest';
import { headerOf, jsonObject } from '../plain.ts';
import type { Kit } from '../test-kit.ts';
import { createKit } from '../test-kit.ts';

const set = '/api/data/v9.2/backgroundoperations';
const unknown = '00000000-0000-4000-8000-00000000dead';
const canceling = { backgroundoperationstatecode: 2, backgroundoperationstatuscode: 22 };
const always = { 'if-match': '*' };

function patch(kit: Kit, id: string, body: unknown, headers: Record<string, string> = always) {
  return kit.call('PATCH', `${set}(${id})`, { body, headers });
}

describe('the row', () => {
  it('shows every column of the reference', async () => {
    const kit = createKit();
    const id = await kit.submit();
    expect(await kit.row(id)).toMatchObject({
      backgroundoperationid: id,
      backgroundoperationstatecode: 0,
      backgroundoperationstatuscode: 0,
      name: 'bgop_Probe',
      displayname: 'Background operation probe',
      inputparameters: '[{"Key":"ControlUrl","Value":"http://listener/ok"}]',
      outputparameters: null,
      retrycount: 0,
      ttlinseconds: 7_776_000,
      createdon: '2026-01-01T00:00:00Z',
      starttime: null,
      endtime: null,
      priority: 0,
    });
  });

  it('is found by its key in every form, in any casing', async () => {
    const kit = createKit();
    const id = await kit.submit();
    for (const key of [
      id,
      id.toUpperCase(),
      `backgroundoperationid=${id}`,
      `backgroundoperationid=${id},partitionid='${id}'`,
    ]) {
      expect((await kit.call('GET', `${set}(${key})`)).status).toBe(200);
    }
    for (const key of ['x', '', `${id},x`, `name='x'`, `'${id}'`, `backgroundoperationid='${id}'`]) {
      const answer = await kit.call('GET', `${set}(${key})`);
      expect(answer.status).toBe(400);
      expect(jsonObject(answer.body)?.error).toEqual({
        code: '0x8006088a',
        message: 'Bad Request - Error in query syntax.',
      });
    }
  });

  it('answers 304 to its own etag', async () => {
    const kit = createKit();
    const id = await kit.submit();
    const etag = headerOf(await kit.call('GET', `${set}(${id})`), 'etag') ?? '';
    const again = await kit.call('GET', `${set}(${id})`, { headers: { 'if-none-match': etag } });
    expect([again.status, again.body]).toEqual([304, undefined]);
  });

  it('is invisible for a while where that is chosen, except to the session that wrote', async () => {
    const kit = createKit({ choices: { rowLagMs: 3000 } });
    const id = await kit.submit();
    expect((await kit.call('GET', `${set}(${id})`)).status).toBe(200);
    await kit.advance(1);
    expect((await kit.call('GET', `${set}(${id})`)).status).toBe(404);
    const session = { 'mscrm.sessiontoken': '207:30#1#7=1' };
    expect((await kit.call('GET', `${set}(${id})`, { headers: session })).status).toBe(200);
    await kit.advance(3000);
    expect((await kit.call('GET', `${set}(${id})`)).status).toBe(200);
  });

  it('has the observed error when there is none', async () => {
    const answer = await createKit().call('GET', `${set}(${unknown})`);
    expect([answer.status, jsonObject(answer.body)]).toMatchObject([
      404,
      { error: { code: '0x80048d02', message: expect.stringContaining(unknown) as string } },
    ]);
  });

  it('is gone after DELETE, with what it would have executed', async () => {
    const kit = createKit();
    const id = await kit.submit();
    expect((await kit.call('DELETE', `${set}(${id})`)).status).toBe(204);
    await kit.advance(1000);
    expect([kit.sent.length, await kit.monitor(id)]).toEqual([0, { error: expect.anything() as unknown }]);
  });
});

describe('PATCH', () => {
  it('cancels with (2,22)', async () => {
    const kit = createKit();
    const id = await kit.submit();
    const answer = await patch(kit, id, canceling);
    expect([answer.status, answer.body, headerOf(answer, 'OData-Version')]).toEqual([204, undefined, '4.0']);
    expect(await kit.row(id)).toMatchObject(canceling);
  });

  it('refuses to cancel what is finished', async () => {
    const kit = createKit();
    const id = await kit.submit();
    await kit.advance(1);
    const answer = await patch(kit, id, canceling);
    expect([answer.status, answer.body]).toEqual([
      409,
      expect.stringContaining('Canceling background operation is not allowed after it is in terminal state.'),
    ]);
  });

  it.each([
    { backgroundoperationstatuscode: 22 },
    { backgroundoperationstatecode: 3, backgroundoperationstatuscode: 32 },
  ])('refuses %j, which changes nothing', async (body) => {
    const kit = createKit();
    const id = await kit.submit();
    expect((await patch(kit, id, body)).status).toBe(400);
    expect(await kit.monitor(id)).toMatchObject({ backgroundOperationStatusCode: 0 });
  });

  it('takes the etag of the row, and refuses a stale one', async () => {
    const kit = createKit();
    const id = await kit.submit();
    const etag = String((await kit.row(id))?.['@odata.etag']);
    expect((await patch(kit, id, { priority: 3 }, { 'if-match': etag })).status).toBe(204);
    expect((await patch(kit, id, { priority: 4 }, { 'if-match': etag })).status).toBe(412);
    expect((await patch(kit, id, { priority: 4 }, { 'if-none-match': '*' })).status).toBe(412);
    expect(await kit.row(id)).toMatchObject({ priority: 3 });
  });

  it('answers 404 for an unknown row with If-Match, and upserts without', async () => {
    const kit = createKit();
    expect((await patch(kit, unknown, canceling)).status).toBe(404);
    expect((await kit.call('GET', `${set}(${unknown})`)).status).toBe(404);
    const created = await patch(kit, unknown, { name: 'mine' }, {});
    expect([created.status, headerOf(created, 'odata-entityid')]).toEqual([
      204,
      `https://contoso.example${set}(${unknown})`,
    ]);
    await kit.advance(1000);
    expect(await kit.row(unknown)).toMatchObject({ name: 'mine', backgroundoperationstatuscode: 0 });
  });

  it.each([
    [{ priority: 11 }, 400],
    [{ ttlinseconds: 0 }, 400],
    [{ backgroundoperationstatuscode: 7 }, 400],
    [{ retrycount: 1 }, 400],
    [{ nope: 1 }, 400],
    [{ ttlinseconds: 60 }, 204],
  ])('answers %j with %d', async (body, status) => {
    const kit = createKit();
    expect((await patch(kit, await kit.submit(), body)).status).toBe(status);
  });
});

describe('POST', () => {
  it('creates a row that is never executed', async () => {
    const kit = createKit();
    const answer = await kit.call('POST', set, {
      body: { name: 'x', backgroundoperationid: unknown },
      headers: { prefer: 'return=representation' },
    });
    expect([answer.status, jsonObject(answer.body)]).toMatchObject([201, { name: 'x' }]);
    expect((await kit.call('POST', set, { body: { backgroundoperationid: unknown } })).status).toBe(412);
  });
});

describe('the collection', () => {
  it('is queried, counted and paged', async () => {
    const kit = createKit();
    for (let each = 0; each < 5; each++) await kit.submit();
    const page = await kit.call('GET', `${set}?$select=name&$filter=retrycount%20eq%200&$count=true`, {
      headers: { prefer: 'odata.maxpagesize=3' },
    });
    expect(headerOf(page, 'preference-applied')).toBe('odata.maxpagesize=3');
    expect(jsonObject(page.body)).toMatchObject({ '@odata.count': 5 });
    expect((await kit.call('GET', `${set}/$count`)).body).toBe('5');
    expect((await kit.call('DELETE', set)).status).toBe(405);
  });

  it('is closed to a user without the privileges', async () => {
    const answer = await createKit().call('GET', set, { token: 'token-unprivileged' });
    expect(answer.status).toBe(403);
  });
});
