import { describe, expect, it } from 'vitest';
import type { Behaviour } from './behaviour.ts';
import type { BehaviourEdit } from './decision-edits.ts';
import {
  edit,
  editColumns,
  editContextList,
  editLocation,
  editMonitorAnswer,
  editOption,
  editSent,
  withhold,
} from './decision-edits.ts';
import { deviated } from './deviation.ts';
import { createKit } from './test-kit.ts';

/** A simulator whose decisions are edited so. */
function kitWith(...edits: BehaviourEdit[]) {
  const deviations = edits.map((behaviour) => ({
    name: 'monitor.ok-test',
    breaks: 'monitor.ok' as const,
    summary: 'is edited',
    behaviour,
  }));
  return createKit(deviated(deviations));
}

/** What an edit makes of decisions that give these results. */
const decide = (change: BehaviourEdit, contract: object): Behaviour =>
  change(contract as Behaviour) as Behaviour;

describe('the tools for decisions', () => {
  it('edit what a decision came to, and see its arguments', async () => {
    const kit = kitWith(
      edit('monitor', (monitor, operation) => ({ ...monitor, attempts: operation.attempts })),
    );
    const id = await kit.submit();
    await kit.advance(1);
    expect(await kit.monitor(id)).toMatchObject({ backgroundOperationStatusCode: 30, attempts: 1 });
  });

  it('give the result in place of what a decision rewrites', async () => {
    const kit = kitWith(
      edit('answer', (answer, request) => ({
        ...answer,
        status: request.method === 'PUT' ? 418 : answer.status,
      })),
    );
    expect((await kit.call('PUT', '/api/backgroundoperation/x')).status).toBe(418);
    expect((await kit.call('GET', '/api/backgroundoperation/x')).status).not.toBe(418);
  });

  it('build on each other', async () => {
    const kit = kitWith(
      edit('monitor', (monitor) => ({ ...monitor, first: 1 })),
      edit('monitor', (monitor) => ({ ...monitor, second: 'first' in monitor })),
    );
    expect(await kit.monitor(await kit.submit())).toMatchObject({ first: 1, second: true });
  });

  it('edit columns by their names, and no others', async () => {
    const kit = kitWith(
      editColumns(['name'], (column) => ({ read: (row) => `${String(column.read(row))}!` })),
    );
    expect(await kit.row(await kit.submit())).toMatchObject({ name: 'bgop_Probe!', retrycount: 0 });
  });

  it('edit the monitor of an operation, and no other answer', async () => {
    const kit = kitWith(editMonitorAnswer((answer, { attempts }) => ({ ...answer, status: 210 + attempts })));
    const id = await kit.submit();
    expect((await kit.call('GET', `/api/backgroundoperation/${id}`)).status).toBe(210);
    expect((await kit.call('GET', `/api/data/v9.2/backgroundoperations(${id})`)).status).toBe(200);
    expect((await kit.call('GET', `/api/backgroundoperation/${crypto.randomUUID()}`)).status).toBe(404);
  });

  it('edit an option of a query', async () => {
    const kit = kitWith(editOption('$select', () => 'name'));
    const id = await kit.submit();
    const { body } = await kit.call('GET', `/api/data/v9.2/backgroundoperations(${id})?$select=retrycount`);
    expect(JSON.parse(body ?? '')).toMatchObject({ name: 'bgop_Probe' });
    expect(JSON.parse(body ?? '')).not.toHaveProperty('retrycount');
  });

  it('edit what is sent for one purpose, and drop deliveries', async () => {
    const edited = kitWith(editSent('callback', (sent) => ({ ...sent, method: 'PUT' })));
    await edited.submit({ callback: 'http://receiver/' });
    await edited.advance(1);
    expect(edited.sent.map(({ purpose, method }) => [purpose, method])).toEqual([
      ['probe', 'POST'],
      ['callback', 'PUT'],
    ]);
    const silent = kitWith(withhold('callback', ({ status }) => status === 30));
    await silent.submit({ callback: 'http://receiver/' });
    await silent.advance(1);
    expect(silent.sent.map(({ purpose }) => purpose)).toEqual(['probe']);
  });

  it('edit the location in headers and body alike', () => {
    const decided = decide(
      editLocation((location, { id }) => `${location}#${id}`),
      {
        acceptedHeaders: (_operation: unknown, location: string) => [['Location', location]],
        acceptedBody: (_operation: unknown, location: string) => location,
      },
    );
    const operation = { id: 'x' } as Parameters<Behaviour['acceptedBody']>[0];
    const situation = {} as Parameters<Behaviour['acceptedBody']>[2];
    expect(decided.acceptedHeaders(operation, '/m', situation)).toEqual([['Location', '/m#x']]);
    expect(decided.acceptedBody(operation, '/m', situation)).toBe('/m#x');
  });

  it('edit and drop the pairs of a list in a context', () => {
    const decided = decide(
      editContextList('InputParameters', (pair) => (pair.key === 'a' ? undefined : { ...pair, value: 2 })),
      { eventContext: (context: unknown) => context },
    );
    const tell = (context: Record<string, unknown>) =>
      decided.eventContext(
        context,
        {} as Parameters<Behaviour['eventContext']>[1],
        {} as Parameters<Behaviour['eventContext']>[2],
      );
    expect(tell({ InputParameters: [{ key: 'a' }, { key: 'b', value: 1 }] })).toEqual({
      InputParameters: [{ key: 'b', value: 2 }],
    });
    expect(tell({ OutputParameters: [] })).toEqual({ OutputParameters: [] });
  });
});
