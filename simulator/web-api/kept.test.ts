import { describe, expect, it } from 'vitest';
import type { PlainAnswer } from '../plain.ts';
import { headerOf, jsonObject } from '../plain.ts';
import type { Kit } from '../test-kit.ts';
import { createKit } from '../test-kit.ts';
import { createRegistrations } from '../registration/registered.ts';
import { UndoLog } from '../store/undo-log.ts';
import type { World } from '../world.ts';
import { pluginAssemblies } from './tables/plug-ins.ts';

const root = '/api/data/v9.2/';
const submit = (kit: Kit, text = ''): Promise<PlainAnswer> =>
  kit.call('POST', `${root}sample_Echo`, {
    body: { StringValue: text },
    headers: { prefer: 'respond-async' },
  });
const post = (kit: Kit, set: string, body: object): Promise<PlainAnswer> =>
  kit.call('POST', `${root}${set}`, { body });
const message = (answer: PlainAnswer): unknown =>
  (jsonObject(answer.body)?.error as { message?: unknown } | undefined)?.message;
const webhook = { name: 'n', contract: 8, authtype: 4, authvalue: 'v', url: 'https://receiver/' };
const assembly = {
  version: '1.0.0.0',
  culture: 'neutral',
  publickeytoken: '0123456789abcdef',
  isolationmode: 2,
};

describe('the operations that are stored', () => {
  it('take so many bytes at most; then submissions and new rows are refused until some are gone', async () => {
    const kit = createKit({ storedBytes: 100_000 });
    const first = await submit(kit, 'x'.repeat(60_000));
    expect(first.status).toBe(202);
    const refused = await submit(kit);
    expect([refused.status, headerOf(refused, 'retry-after')]).toEqual([429, '60']);
    expect(message(refused)).toContain('take more than 100000 bytes');
    expect((await post(kit, 'backgroundoperations', { name: 'n' })).status).toBe(429);
    const id = headerOf(first, 'x-ms-dyn-backgroundoperationid') ?? '';
    expect((await kit.call('DELETE', `${root}backgroundoperations(${id})`)).status).toBe(204);
    expect((await submit(kit)).status).toBe(202);
  });

  it('are fewer once they have expired', async () => {
    const kit = createKit({ storedBytes: 100_000 });
    await submit(kit, 'x'.repeat(60_000));
    await kit.advance(91 * 86_400_000);
    expect((await submit(kit)).status).toBe(202);
  });

  it('do not keep a custom API from being called at once', async () => {
    const kit = createKit({ storedBytes: 1 });
    await submit(kit);
    expect((await submit(kit)).status).toBe(429);
    expect((await kit.call('POST', `${root}sample_Echo`, { body: { StringValue: 'x' } })).status).toBe(200);
  });
});

describe('what is registered', () => {
  it.each([
    ['serviceendpoints', { ...webhook, name: 'n'.repeat(257) }, 'name', 256],
    ['serviceendpoints', { ...webhook, url: `https://receiver/${'x'.repeat(2_000)}` }, 'url', 2000],
    ['serviceendpoints', { ...webhook, authvalue: 'v'.repeat(2_049) }, 'authvalue', 2048],
    ['sdkmessageprocessingsteps', { name: 'n'.repeat(257) }, 'name', 256],
  ])('has the documented lengths: %s', async (set, body, column, most) => {
    const answer = await post(createKit(), set, body);
    expect(answer.status).toBe(400);
    expect(message(answer)).toContain(`'${column}' attribute`);
    expect(message(answer)).toContain(`'${most}'`);
  });

  it('has them when it is changed, too', async () => {
    const kit = createKit();
    const created = await post(kit, 'serviceendpoints', webhook);
    const row = /serviceendpoints\([^)]*\)/.exec(headerOf(created, 'odata-entityid') ?? '')?.[0] ?? '';
    const change = (body: object): Promise<PlainAnswer> => kit.call('PATCH', root + row, { body });
    expect((await change({ name: 'n'.repeat(257) })).status).toBe(400);
    expect((await change({ name: 'n'.repeat(256) })).status).toBe(204);
  });

  it('is 5,000 rows of a table at most', async () => {
    const kit = createKit();
    for (let row = 0; row < 5_000; row++) await post(kit, 'serviceendpoints', webhook);
    const answer = await post(kit, 'serviceendpoints', webhook);
    expect([answer.status, message(answer)]).toEqual([400, expect.stringContaining('at most 5000 rows')]);
  });

  it('is 64 MiB of assemblies at most', () => {
    const world = { registrations: createRegistrations(new UndoLog()) } as World;
    const by = { id: '', token: '', privileged: true };
    const add = (name: string, content: string): unknown =>
      pluginAssemblies.insert?.(world, { ...assembly, name, content }, 0, by);
    expect(add('Contoso', btoa('MZ'))).toHaveProperty('id');
    expect(add('Fabrikam', 'A'.repeat(64 * 1024 * 1024))).toMatchObject({
      error: {
        status: 400,
        message: expect.stringContaining('of all plug-in assemblies together') as unknown,
      },
    });
  });
});
