import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboundRequest } from '../behaviour/delivery.ts';
import type { RunningServer } from '../server.ts';
import { startServer } from '../server.ts';
import { createSimulator } from '../simulator.ts';
import { messageId } from '../events/messages.ts';
import { messages } from '../../contract/vocabulary.ts';
import type { ControlDoor } from './doors.fixture.ts';
import { httpDoor, methodsDoor } from './doors.fixture.ts';

const doors = { methods: (server: RunningServer) => methodsDoor(server.simulator), http: httpDoor };
const root = '/api/data/v9.2/';

describe.each(Object.entries(doors))('snapshots by %s', (_name, doorOf) => {
  let server: RunningServer;
  let control: ControlDoor;
  let sent: OutboundRequest[];
  beforeEach(async () => {
    sent = [];
    const send = (request: OutboundRequest) => {
      sent.push(request);
      if (request.purpose !== 'probe') return Promise.resolve({ status: 503, body: '' });
      const outcome = request.url.endsWith('/fails')
        ? { outcome: 'fail', error: { code: 7, message: 'no' } }
        : { outcome: 'succeed', outputs: { Text: 'done', Count: 3 } };
      return Promise.resolve({ status: 200, body: JSON.stringify(outcome) });
    };
    server = await startServer(createSimulator({ send, retry: { jitter: 0.2 } }));
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
  const post = async (set: string, body: object) => {
    const answer = await request(`${root}${set}`, { method: 'POST', body: JSON.stringify(body) });
    return /\(([^)]+)\)$/.exec(answer.headers.get('odata-entityid') ?? '')?.[1] ?? '';
  };
  const submit = async (path: string, callback = '') => {
    const answer = await request(`${root}bgop_Probe`, {
      method: 'POST',
      body: JSON.stringify({ ControlUrl: `http://listener/${path}` }),
      headers: { prefer: `respond-async${callback}` },
    });
    return answer.headers.get('x-ms-dyn-backgroundoperationid') ?? '';
  };
  const advance = (milliseconds: number) => server.simulator.clock.advance(milliseconds);

  /** One operation that failed once, one whose callback and event are to be sent again, one that waits; something registered. */
  async function fill() {
    await post('customapis', { uniquename: 'new_Mine', name: 'n', displayname: 'Mine', description: 'd' });
    const endpoint = await post('serviceendpoints', {
      ...{ name: 'hook', contract: 8, url: 'http://hook/', authtype: 4, authvalue: 'x' },
    });
    await post('sdkmessageprocessingsteps', {
      ...{ name: 'step', mode: 1, stage: 40, rank: 1, asyncautodelete: false },
      'sdkmessageid@odata.bind': `/sdkmessages(${messageId(messages.complete)})`,
      'eventhandler_serviceendpoint@odata.bind': `/serviceendpoints(${endpoint})`,
    });
    await post('callbackregistrations', {
      ...{ version: 3, url: 'http://flow/', scope: 4, entityname: 'none', sdkmessagename: messages.complete },
    });
    await submit('fails');
    await submit('ok', ',odata.callback;url="http://callback/"');
    await advance(10);
    await submit('waits');
    await control.addFault({ status: 503, times: 3, match: { path: '/nowhere' } });
  }
  /** What is sent in the next ten minutes, with its instants. */
  async function future(): Promise<string[]> {
    const seen: string[] = [];
    for (let second = 0; second < 600; second += 1) {
      const before = sent.length;
      await advance(1_000);
      for (const { url, purpose } of sent.slice(before)) seen.push(`${second} ${purpose} ${url}`);
    }
    return seen;
  }

  it('bring back operations, due work, deliveries, registrations, faults, clock and the journal’s bound', async () => {
    await fill();
    const document = await control.snapshot();
    const first = await future();
    expect(first.filter((line) => line.includes('/fails'))).toHaveLength(3);
    expect(first.filter((line) => line.includes('callback'))).toHaveLength(1);
    expect(first.filter((line) => line.includes('hook'))).toHaveLength(5);
    expect(first.filter((line) => line.includes('flow'))).toHaveLength(5);
    await control.reset();
    await control.record(false);
    await control.restore(document);
    expect(JSON.parse(JSON.stringify(await control.snapshot()))).toEqual(
      JSON.parse(JSON.stringify(document)),
    );
    expect((await control.faults())[0]).toMatchObject({ times: 3, met: 0 });
    expect((await control.requests()).count).toBe(0);
    expect((await request(`${root}new_Mine`, { method: 'POST' })).status).toBe(204);
    expect((await control.requests()).count).toBe(1);
    expect(await future()).toEqual(first);
  });

  it('are kept under a name, listed, taken back and removed', async () => {
    const id = await submit('ok');
    const { at } = await control.snapshot('before');
    await advance(10);
    expect(await control.operation(id)).toMatchObject({ status: 30 });
    await control.restore('before');
    expect(await control.operation(id)).toMatchObject({ status: 0 });
    expect(new Date(server.simulator.clock.now()).toISOString()).toBe(at);
    expect(await control.snapshots()).toEqual([{ name: 'before', at, operations: 1 }]);
    await control.removeSnapshot('before');
    await expect(control.restore('before')).rejects.toThrow("There is no snapshot 'before'");
    await expect(control.removeSnapshot('before')).rejects.toMatchObject({ status: 404 });
    await expect(control.snapshot('a/b')).rejects.toThrow('The name of a snapshot');
  });

  it('are refused while something runs', async () => {
    const answer = await request(`${root}sample_ExportDataUsingFetchXmlToAnnotation`, {
      method: 'POST',
      body: '{"FetchXml":"<fetch></fetch>"}',
      headers: { prefer: 'respond-async' },
    });
    await advance(1);
    const id = answer.headers.get('x-ms-dyn-backgroundoperationid') ?? '';
    await expect(control.snapshot()).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining(`an attempt of the operation '${id}' is being executed`) as string,
    });
    await control.finish(id, { AnnotationId: crypto.randomUUID() }).catch(() => control.fail(id));
    expect((await control.snapshot()).operations).toHaveLength(1);
  });

  it('keep seeded operations as they are, and jitter goes on from where it was', async () => {
    const { id } = await control.seed({ name: 'sample_Echo', as: 'inProgress' });
    await control.restore(await control.snapshot());
    await advance(600_000);
    expect(await control.operation(id)).toMatchObject({ status: 20, executing: true });
  });

  it.each<[string, (document: Record<string, unknown>) => unknown]>([
    ['"snapshot" of a snapshot has to be 1', (document) => ({ ...document, snapshot: 2 })],
    [
      '"clock" of a snapshot has to be "virtual" or "real"',
      (document) => ({ ...document, clock: undefined }),
    ],
    ['start with --clock real', (document) => ({ ...document, clock: 'real' })],
    [
      '"operations" of a snapshot has to be an object whose "operation" is an object whose "id" is a GUID in lower case',
      (document) => ({ ...document, operations: [{ operation: {} }] }),
    ],
    ['A snapshot has to be an object', () => 7],
  ])('are refused with %s', async (message, change) => {
    const document = await control.snapshot();
    const wrong = change(document as unknown as Record<string, unknown>);
    await expect(control.restore(wrong as typeof document)).rejects.toThrow(message);
  });
});
