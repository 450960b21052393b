import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openDataFolder } from './data/data-folder.ts';
import { parseExact } from './http/exact-json.ts';
import type { PlainAnswer } from './plain.ts';
import { headerOf } from './plain.ts';
import type { Simulator, Snapshot } from './simulator.ts';
import { createSimulator } from './simulator.ts';

/** Numbers that a double changes. */
const numbers = [
  '1234567890123456789012345678',
  '-79228162514264337593543950335',
  '0.1234567890123456789012345678',
  '9007199254740993',
  '922337203685477.5807',
];
const echo = '/api/data/v9.2/sample_Echo';

async function call(
  simulator: Simulator,
  method: string,
  where: string,
  body = '',
  prefer: string[] = [],
): Promise<PlainAnswer> {
  const headers = { authorization: 'Bearer token-initiator', prefer: prefer.join() };
  const [asked = '', query = ''] = where.split('?');
  return await simulator.handle({
    method,
    path: asked,
    query,
    origin: 'https://contoso.test',
    headers,
    body,
    prefer,
  });
}

async function submitted(simulator: Simulator, number: string): Promise<string> {
  const answer = await call(simulator, 'POST', echo, `{"DecimalValue":${number}}`, ['respond-async']);
  return headerOf(answer, 'x-ms-dyn-backgroundoperationid') ?? '';
}

/** The number that a JSON text has for a member, sign by sign. */
const shown = (json: string | undefined, name: string) =>
  new RegExp(`\\\\?"${name}\\\\?":\\s*(-?[\\d.]+)`).exec(json ?? '')?.[1];

/** The row's inputs, and what the operation comes to after its attempt. */
async function seen(simulator: Simulator, id: string): Promise<(string | undefined)[]> {
  await simulator.clock.advance(1);
  const { body: monitor } = await call(simulator, 'GET', `/api/backgroundoperation/${id}`);
  const { body: row = '{}' } = await call(simulator, 'GET', `/api/data/v9.2/backgroundoperations(${id})`);
  const { inputparameters = '' } = JSON.parse(row) as { inputparameters?: string };
  const { body: control } = await call(simulator, 'GET', `/simulator/operations/${id}`);
  return [shown(monitor, 'DecimalValue'), shown(inputparameters, 'Value'), shown(control, 'DecimalValue')];
}

it.each(numbers)('%s goes through a snapshot, in process and as a document over HTTP', async (number) => {
  const simulator = createSimulator();
  const waiting = await submitted(simulator, number);
  const document = (await call(simulator, 'POST', '/simulator/snapshots', '{}')).body ?? '';
  const taken: Snapshot = simulator.control.snapshots.take();
  for (const restore of [
    () => call(simulator, 'POST', '/simulator/restore', `{"snapshot":${document}}`),
    () => {
      simulator.control.snapshots.restore(taken);
    },
    () => {
      simulator.control.snapshots.restore(parseExact(JSON.stringify(taken)) as Snapshot);
    },
  ]) {
    simulator.control.reset();
    await restore();
    expect(await seen(simulator, waiting)).toEqual([number, number, number]);
  }
  // Its outputs, too.
  const ended = (await call(simulator, 'POST', '/simulator/snapshots', '{}')).body ?? '';
  simulator.control.reset();
  await call(simulator, 'POST', '/simulator/restore', `{"snapshot":${ended}}`);
  expect(await seen(simulator, waiting)).toEqual([number, number, number]);
  simulator.dispose();
});

it.each(numbers)('%s goes through a folder with data, before its attempt and after it', async (number) => {
  const root = mkdtempSync(path.join(tmpdir(), 'bgop-numbers-'));
  const start = () => createSimulator({ data: openDataFolder(path.join(root, 'data'), 'virtual') });
  const first = start();
  const id = await submitted(first, number);
  const constant = { uniqueName: 'new_Constant', properties: [{ uniqueName: 'Amount', type: 'Decimal' }] };
  const text = JSON.stringify({ name: 'fabrikam', customApis: [{ ...constant, outputs: { Amount: 0 } }] });
  const added = text.replace('"Amount":0', `"Amount":${number}`);
  expect((await call(first, 'POST', '/simulator/organizations', added)).status).toBe(201);
  first.dispose();
  const second = start();
  expect(await seen(second, id)).toEqual([number, number, number]);
  const fabrikam = second.organization('fabrikam') as Simulator;
  expect(shown((await call(fabrikam, 'POST', '/api/data/v9.2/new_Constant')).body, 'Amount')).toBe(number);
  second.dispose();
  const third = start();
  expect(await seen(third, id)).toEqual([number, number, number]);
  third.dispose();
  rmSync(root, { recursive: true });
});

it.each(numbers)('%s goes through the journal, its archive, and operations by hand', async (number) => {
  const simulator = createSimulator();
  await call(simulator, 'POST', echo, `{"DecimalValue":${number}}`);
  const [entry] = simulator.control.requests.list();
  expect([entry?.body, entry?.answerBody].map((text) => shown(text, 'DecimalValue'))).toEqual([
    number,
    number,
  ]);
  for (const format of ['json', 'har']) {
    const { body } = await call(simulator, 'GET', `/simulator/requests?format=${format}`);
    const all = [...(body ?? '').matchAll(/DecimalValue\\+":\s*(-?[\d.]+)/g)].map(([, found]) => found);
    expect(all).toEqual([number, number]);
  }
  const id = await submitted(simulator, number);
  await call(simulator, 'POST', `/simulator/operations/${id}/finish`, `{"DecimalValue":${number}}`);
  expect(await seen(simulator, id)).toEqual([number, number, number]);
  const seed = `{"name":"sample_Echo","as":"succeeded","inputs":{"DecimalValue":${number}},"outputs":{"DecimalValue":${number}}}`;
  const seeded = JSON.parse((await call(simulator, 'POST', '/simulator/operations', seed)).body ?? '{}') as {
    id: string;
  };
  expect(await seen(simulator, seeded.id)).toEqual([number, number, number]);
  simulator.dispose();
});
