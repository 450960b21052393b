import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pairs } from '../../contract/vocabulary.ts';
import type { RunningServer } from '../server.ts';
import { startServer } from '../server.ts';
import { createSimulator } from '../simulator.ts';
import { ControlError } from './control-error.ts';
import type { ControlDoor } from './doors.fixture.ts';
import { httpDoor, methodsDoor } from './doors.fixture.ts';
import type { SeededOperation } from './seed.ts';

const doors = { methods: (server: RunningServer) => methodsDoor(server.simulator), http: httpDoor };

describe.each(Object.entries(doors))('seeding by %s', (_name, doorOf) => {
  let server: RunningServer;
  let control: ControlDoor;
  beforeEach(async () => {
    server = await startServer({ clock: 'virtual' });
    control = doorOf(server);
  });
  afterEach(() => server.close());

  const get = async (path: string, method = 'GET') => {
    const headers = { authorization: 'Bearer token-initiator' };
    const answer = await fetch(`${server.url}/api/${path}`, { method, headers });
    return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
  };

  it.each(Object.entries(pairs))(
    'puts an operation there as %s, and it stays so',
    async (as, { state, status }) => {
      const { id } = await control.seed({ name: 'sample_Echo', as: as as keyof typeof pairs });
      await server.simulator.clock.advance(60_000);
      const codes = { backgroundOperationStateCode: state, backgroundOperationStatusCode: status };
      expect((await get(`backgroundoperation/${id}`)).json).toMatchObject(codes);
      expect(await control.operation(id)).toMatchObject({ state, status });
    },
  );

  it('has inputs, outputs, an age and an initiator', async () => {
    const user = '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a02';
    const values = { StringValue: 'x', IntegerValue: 3 };
    const shared = { name: 'sample_Echo', ageMs: 3_600_000, user, attempts: 3 };
    const { id } = await control.seed({ ...shared, as: 'succeeded', inputs: values, outputs: values });
    expect((await get(`backgroundoperation/${id}`)).json).toMatchObject(values);
    expect((await get(`data/v9.2/backgroundoperations(${id})`)).json).toMatchObject({
      createdon: '2025-12-31T23:00:00Z',
      endtime: '2025-12-31T23:00:01Z',
      runas: user,
      retrycount: 2,
      inputparameters: '[{"Key":"IntegerValue","Value":3},{"Key":"StringValue","Value":"x"}]',
    });
  });

  it('expires like one that was submitted', async () => {
    const { id } = await control.seed({ name: 'sample_Echo', as: 'failed', ageMs: 90 * 86_400_000 });
    expect((await get(`backgroundoperation/${id}`)).status).toBe(200);
    await server.simulator.clock.advance(2_000);
    expect((await get(`backgroundoperation/${id}`)).status).toBe(404);
  });

  it('can be failed, finished and canceled afterwards', async () => {
    const seed = (as: SeededOperation['as']) => control.seed({ name: 'sample_Echo', ...(as ? { as } : {}) });
    const [waiting, running, canceled] = [
      await seed(undefined),
      await seed('inProgress'),
      await seed('waiting'),
    ];
    expect(await control.fail(waiting.id)).toMatchObject({ status: 31 });
    expect(await control.finish(running.id, { StringValue: 'y' })).toMatchObject({ status: 30 });
    expect((await get(`backgroundoperation/${canceled.id}`, 'DELETE')).status).toBe(200);
    await server.simulator.clock.advance(1);
    expect(await control.operation(canceled.id)).toMatchObject({ status: 32 });
  });

  it.each<[string, object]>([
    ['no custom API', { name: 'none' }],
    ['no user', { name: 'sample_Echo', user: crypto.randomUUID() }],
    ['"as" of an operation has to be', { name: 'sample_Echo', as: 'done' }],
    ['"outputs" is only of', { name: 'sample_Echo', outputs: {} }],
    ['An error is only of', { name: 'sample_Echo', as: 'succeeded', errorCode: 1 }],
    ['Edm.Int32', { name: 'sample_Echo', inputs: { IntegerValue: 'x' } }],
    ['none of its response properties', { name: 'sample_Echo', as: 'succeeded', outputs: { Other: 1 } }],
    ['has had an attempt', { name: 'sample_Echo', as: 'inProgress', attempts: 0 }],
  ])('is refused with %s', async (message, seed) => {
    await expect(control.seed(seed as SeededOperation)).rejects.toThrow(message);
  });
});

it('seeding ends where the store is full', () => {
  const { control } = createSimulator({ storedBytes: 5_000 });
  const fill = () => {
    for (let each = 0; each < 100; each += 1) control.operations.seed({ name: 'sample_Echo' });
  };
  expect(fill).toThrow(ControlError);
});
