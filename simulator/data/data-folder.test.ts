import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboundAnswer, OutboundRequest } from '../behaviour/delivery.ts';
import type { Simulator } from '../simulator.ts';
import { createSimulator } from '../simulator.ts';
import { openDataFolder } from './data-folder.ts';

const origin = 'https://contoso.example';
const done = { status: 200, body: '{"outcome":"succeed","outputs":{"Text":"done"}}' };

describe('a folder with data', () => {
  let root: string;
  let count = 0;
  let open: Simulator[];
  let sent: OutboundRequest[];
  /** Answers what is sent. */
  let answer: (request: OutboundRequest) => OutboundAnswer | Promise<OutboundAnswer>;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'bgop-data-'));
    open = [];
    sent = [];
    answer = () => done;
  });
  afterEach(() => {
    for (const simulator of open) simulator.dispose();
    rmSync(root, { recursive: true });
  });

  const folder = (name = 'data') => path.join(root, name);
  function start(at: string = folder()): Simulator {
    const simulator = createSimulator({
      data: openDataFolder(at, 'virtual'),
      send: async (request) => {
        sent.push(request);
        return await answer(request);
      },
    });
    open.push(simulator);
    return simulator;
  }
  /** What a process finds after this one was killed at this moment: the files as they are. */
  function afterKill(): Simulator {
    count += 1;
    cpSync(folder(), folder(`killed-${count}`), { recursive: true });
    return start(folder(`killed-${count}`));
  }
  async function call(simulator: Simulator, method: string, where: string, body?: object, prefer?: string) {
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = { authorization: 'Bearer token-initiator', prefer };
    const request = { method, path: where, query: '', origin, headers, body: text };
    return await simulator.handle({ ...request, prefer: prefer === undefined ? [] : [prefer] });
  }
  async function submit(simulator: Simulator, callback = ''): Promise<string> {
    const body = { ControlUrl: 'http://listener/' };
    const path202 = '/api/data/v9.2/bgop_Probe';
    const accepted = await call(simulator, 'POST', path202, body, `respond-async${callback}`);
    expect(accepted.status).toBe(202);
    return accepted.headers.find(([name]) => /backgroundoperationid/i.test(name))?.[1] ?? '';
  }
  const countOf = (purpose: OutboundRequest['purpose']) =>
    sent.filter((request) => request.purpose === purpose).length;

  it('brings back what was accepted, its rows, registrations and clock, and goes on', async () => {
    const first = start();
    await first.clock.advance(5_000);
    await call(first, 'POST', '/api/data/v9.2/customapis', {
      ...{ uniquename: 'new_Mine', name: 'n', displayname: 'Mine', description: 'd' },
    });
    const id = await submit(first);
    const second = afterKill();
    expect(second.clock.now()).toBe(first.clock.now());
    expect(second.control.operations.get(id)).toMatchObject({ status: 0, attempts: 0 });
    expect((await call(second, 'POST', '/api/data/v9.2/new_Mine')).status).toBe(204);
    await second.clock.advance(10);
    expect(second.control.operations.get(id)).toMatchObject({ status: 30, attempts: 1 });
    const next = await submit(second);
    expect(second.control.operations.list().map((each) => each.id)).toEqual([id, next]);
  });

  it('counts an attempt that was under way: never more than three retries, however often it is killed', async () => {
    let simulator = start();
    answer = () => new Promise(() => undefined);
    const id = await submit(simulator);
    for (let kills = 0; kills < 6; kills += 1) {
      void simulator.clock.advance(kills === 0 ? 10 : 600_000);
      await turns();
      count += 1;
      const from = kills === 0 ? folder() : folder(`killed-${count - 1}`);
      cpSync(from, folder(`killed-${count}`), { recursive: true });
      simulator = start(folder(`killed-${count}`));
    }
    expect(countOf('probe')).toBe(4);
    expect(simulator.control.operations.get(id)).toMatchObject({
      status: 31,
      attempts: 4,
      errorMessage: 'The plug-in execution failed because the Sandbox Worker process crashed.',
    });
  });

  it('keeps callbacks until they were delivered, and those that are to be sent again', async () => {
    const first = start();
    answer = ({ purpose }) => (purpose === 'probe' ? done : new Promise(() => undefined));
    await submit(first, ',odata.callback;url="http://callback/"');
    void first.clock.advance(10);
    await turns();
    expect(countOf('callback')).toBe(1);
    const second = afterKill();
    answer = () => ({ status: 503, body: '' });
    await second.clock.advance(1);
    expect(countOf('callback')).toBe(2);
    await second.clock.advance(6_000);
    expect(countOf('callback')).toBe(3);
    await second.clock.advance(600_000);
    expect([countOf('callback'), countOf('probe')]).toEqual([3, 1]);
  });

  it('follows a reset, a restored snapshot and a deleted row', async () => {
    const first = start();
    await submit(first);
    const snapshot = first.control.snapshots.take();
    await call(first, 'POST', '/simulator/reset');
    expect(afterKill().control.operations.list()).toEqual([]);
    await call(first, 'POST', '/simulator/restore', { snapshot });
    const { id } = afterKill().control.operations.list()[0] ?? { id: '' };
    expect(id).toBe(snapshot.operations[0]?.operation.id);
    await call(first, 'DELETE', `/api/data/v9.2/backgroundoperations(${id})`);
    expect(afterKill().control.operations.list()).toEqual([]);
  });

  it('keeps further organizations: what they are, what they hold, and nothing of one that was removed', async () => {
    const first = start();
    const { organizations } = first.control;
    const half = {
      uniqueName: 'new_Half',
      properties: [{ uniqueName: 'Text', type: 'String' as const }],
      outputs: { Text: 'half' },
    };
    const user = { id: '11111111-1111-4111-8111-111111111111', token: 'token-f', privileged: true };
    const { id } = await organizations.add({
      name: 'fabrikam',
      start: 5_000,
      users: [user],
      customApis: [half],
    });
    await organizations.add({ name: 'gone' });
    const fabrikam = (of: Simulator) => of.organization('fabrikam') as Simulator;
    const callHalf = (of: Simulator, prefer?: string) => {
      const headers = { authorization: 'Bearer token-f', prefer };
      const request = {
        method: 'POST',
        path: '/api/data/v9.2/new_Half',
        query: '',
        origin: 'http://fabrikam.test',
      };
      return of.handle({ ...request, headers, body: '', prefer: prefer === undefined ? [] : [prefer] });
    };
    expect(await callHalf(first, 'respond-async')).toMatchObject({ status: 202 });
    await organizations.remove('gone');
    const second = afterKill();
    expect(second.control.organizations.list()).toMatchObject([
      { name: 'contoso', operations: 0 },
      { name: 'fabrikam', id, operations: 1, now: '1970-01-01T00:00:05.000Z', users: [{ id: user.id }] },
    ]);
    expect(await callHalf(second)).toMatchObject({
      status: 200,
      body: expect.stringContaining('half') as string,
    });
    await fabrikam(second).clock.advance(10);
    expect(fabrikam(second).control.operations.list()).toMatchObject([{ name: 'new_Half', status: 30 }]);
    await second.control.organizations.add({ name: 'gone' });
    await call(second, 'POST', '/simulator/reset');
    second.dispose();
    const third = start(folder(`killed-${count}`));
    expect(third.control.organizations.list().map((each) => each.name)).toEqual([
      'contoso',
      'fabrikam',
      'gone',
    ]);
    expect(fabrikam(third).control.operations.list()).toMatchObject([{ status: 30 }]);
  });

  it('does not take an organization for one with another kind of clock', async () => {
    const first = start();
    await first.control.organizations.add({ name: 'fabrikam', clock: 'real' });
    first.dispose();
    const again = () =>
      createSimulator({
        data: openDataFolder(folder(), 'virtual'),
        organizations: [{ name: 'fabrikam', clock: 'virtual' }],
      });
    expect(again).toThrow('was written with a real clock, and this one is virtual');
  });

  it('is left alone by a second simulator, and free after the first', () => {
    const first = start();
    expect(() => openDataFolder(folder(), 'virtual')).toThrow('is in use by another simulator');
    first.dispose();
    expect(() => start()).not.toThrow();
  });

  const make = (change: (file: string) => void) => () => {
    openDataFolder(folder('made'), 'virtual').close();
    change(path.join(folder('made'), 'simulator.db'));
  };
  const sql = (text: string) =>
    make((file) => {
      const database = new DatabaseSync(file);
      database.exec(text);
      database.close();
    });
  it.each<[string, () => void]>([
    [
      'holds other files (x) and nothing of a simulator',
      () => {
        rmSync(folder('made'), { recursive: true, force: true });
        cpSync(makeFolder('x'), folder('made'), { recursive: true });
      },
    ],
    ['is a database of another program', sql('PRAGMA application_id = 7')],
    [
      'was written by a newer version (its tables are version 2, this one reads 1)',
      sql('PRAGMA user_version = 2'),
    ],
    [
      'is damaged',
      make((file) => {
        writeFileSync(file, 'This is no database. '.repeat(200));
      }),
    ],
    [
      'is damaged',
      sql(
        "INSERT INTO facts VALUES ('clock', 'virtual'); INSERT INTO operations VALUES (1, '{', NULL, NULL)",
      ),
    ],
    [
      'was written with a real clock, and this one is virtual',
      sql("INSERT INTO facts VALUES ('clock', 'real')"),
    ],
    [
      'is not a folder',
      () => {
        writeFileSync(folder('made'), '');
      },
    ],
  ])('is refused: %s', (message, prepare) => {
    prepare();
    expect(() => openDataFolder(folder('made'), 'virtual')).toThrow(message);
    // A refusal changes nothing and holds nothing.
    expect(() => openDataFolder(folder('made'), 'virtual')).toThrow(message);
  });

  it('is refused where it cannot be written', () => {
    expect(() => openDataFolder('/dev/null/data', 'virtual')).toThrow('/dev/null/data');
  });

  function makeFolder(file: string): string {
    const made = mkdtempSync(path.join(root, 'other-'));
    writeFileSync(path.join(made, file), '');
    return made;
  }
});

/** Lets what was begun go on: some turns of the event loop, in which nothing is waited for. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
