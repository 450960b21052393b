import {
  bearer,
  called,
  cancelMonitor,
  cancelRow,
  exportApi,
  exportBody,
  insist,
  json,
  listAll,
  minute,
  poll,
  read,
  getMonitor,
  getRow,
  submit,
  callbackPreference,
} from './steps.ts';
import { bodiesIn, cancelPart, rowPart, sendBatch } from './batch-steps.ts';
import { operationOfEvent, subscribeByRegistration, subscribeByStep } from './event-steps.ts';
import { exportEnvelope, rowEnvelope, soapId, soapPath, soapState } from './soap-steps.ts';
import type { ClientAnswer, SmallClientRequest, ClientWorld, SmallClient } from './world.ts';

/** Submits, polls the monitor once a minute, takes any way in which it ends. */
const poller: SmallClient = async (world) => {
  const accepted = await submit(world);
  const end = await poll(world, accepted);
  const status = Number(read(end)['backgroundOperationStatusCode']);
  insist([30, 31, 32].includes(status), `no end: ${status}`);
};

/** Asks for a callback, reads the result when it comes, and looks by itself where none comes. */
const callback: SmallClient = async (world) => {
  const accepted = await submit(world, callbackPreference(world));
  const payload = await called(world);
  insist(String(payload['backgroundOperationId']).toLowerCase() === accepted.id.toLowerCase(), 'another id');
  const result = await world.send({ url: String(payload['location']), headers: bearer });
  insist(result.status === 200, `the result was answered ${result.status}`);
};

/** Works with the table: polls the row, follows the pages, cancels by PATCH and waits for the end. */
const tableUser: SmallClient = async (world) => {
  const first = await submit(world);
  const second = await submit(world);
  const canceled = await cancelRow(world, second);
  insist(canceled.status === 204, `the cancellation was answered ${canceled.status}`);
  await poll(world, first, getRow);
  await poll(world, second, getRow);
  await listAll(world);
};

/** Runs a job and gives it up: cancels by DELETE, and takes whatever end it had. */
const canceler: SmallClient = async (world) => {
  const accepted = await submit(world);
  await world.wait(minute / 4);
  const answer = await cancelMonitor(world, accepted);
  insist(answer.status === 200 || answer.status === 409, `the cancellation was answered ${answer.status}`);
  const end = await poll(world, accepted, getMonitor);
  insist([30, 31, 32].includes(Number(read(end)['backgroundOperationStatusCode'])), 'no end');
};

/** Speaks SOAP, as the SDK for .NET does. */
const sdk: SmallClient = async (world) => {
  const headers = { ...bearer, 'Content-Type': 'text/xml; charset=utf-8' };
  const started = await world.send({ method: 'POST', url: soapPath, headers, body: exportEnvelope() });
  const id = soapId(started.body);
  for (let polls = 0; polls < 200; polls += 1) {
    await world.wait(minute);
    const row = await world.send({ method: 'POST', url: soapPath, headers, body: rowEnvelope(id) });
    if (soapState(row.body) === 3) return;
  }
  throw new Error('the operation did not end');
};

/** Works with several operations at once: cancels two in a change set, reads those that run in one batch a minute. */
const batchUser: SmallClient = async (world) => {
  let running = [await submit(world), await submit(world), await submit(world)];
  await sendBatch(world, [running.slice(1).map((one) => cancelPart(one))]);
  for (let polls = 0; polls < 200; polls += 1) {
    await world.wait(minute);
    const rows = bodiesIn(await sendBatch(world, running.map(rowPart)));
    running = running.filter((_one, index) => rows[index]?.['backgroundoperationstatecode'] !== 3);
    if (running.length === 0) return;
  }
  throw new Error('not all of them ended');
};

/** Is told of the end by an event, whichever way it subscribed, and reads the row then; looks by itself where none comes. */
function eventUser(subscribe: (world: ClientWorld) => Promise<void>): SmallClient {
  return async (world) => {
    const ended = new Set<string>();
    world.receive = (body) => {
      ended.add(operationOfEvent(body) ?? '');
      return { status: 200 };
    };
    await subscribe(world);
    const accepted = await submit(world);
    for (let waited = 0; waited < 60 && !ended.has(accepted.id.toLowerCase()); waited += 1)
      await world.wait(minute);
    const row = read(
      ended.has(accepted.id.toLowerCase())
        ? await getRow(world, accepted)
        : await poll(world, accepted, getRow),
    );
    insist(row['backgroundoperationstatecode'] === 3, 'the row has no end');
  };
}

/** Repeats a request as an action of a flow does: after 408, 429, 5xx and lost answers, ever longer. */
async function repeating(world: ClientWorld, request: SmallClientRequest): Promise<ClientAnswer> {
  for (let waitMs = 7_000; ; waitMs *= 2) {
    const answer = await world.send(request);
    const again = [0, 408, 429].includes(answer.status) || answer.status >= 500;
    if (!again || waitMs > 3_600_000) return answer;
    await world.wait(Math.max(waitMs, 1_000 * Number(answer.header('retry-after') ?? 0)));
  }
}

/** A flow: starts the work with an address to be called at, waits for the first call, fetches the outputs. */
const flow: SmallClient = async (world) => {
  let told: Readonly<Record<string, unknown>> | undefined;
  world.receive = (body) => {
    told ??= JSON.parse(body) as Record<string, unknown>;
    return { status: 202 };
  };
  const accepted = await repeating(world, {
    method: 'POST',
    url: exportApi,
    headers: { ...bearer, ...json, consistency: 'Strong', ...callbackPreference(world).headers },
    body: exportBody,
  });
  insist(accepted.status === 202, `expected 202, got ${accepted.status}`);
  for (let waited = 0; waited < 60 && told === undefined; waited += 1) await world.wait(minute);
  insist(told !== undefined, 'no callback came');
  if (told['backgroundOperationStatusCode'] !== 30) return;
  const result = await repeating(world, { url: String(told['location']), headers: bearer });
  insist(typeof read(result)['AnnotationId'] === 'string', `no outputs: ${result.body}`);
};

/** Waits ever longer, from a minute to a quarter of an hour. */
const backOff: SmallClient = async (world) => {
  const accepted = await submit(world);
  for (let waitMs = minute; waitMs < 200 * minute; waitMs *= 2) {
    await world.wait(Math.min(waitMs, 16 * minute));
    const answer = await getMonitor(world, accepted);
    if (answer.status === 404 || read(answer)['backgroundOperationStateCode'] === 3) return;
  }
  throw new Error('the operation did not end');
};

/** Takes the callback by 202, and has another process read the result much later, with a token of its own. */
const queue: SmallClient = async (world) => {
  let told: string | undefined;
  world.receive = (body) => {
    told ??= body;
    return { status: 202 };
  };
  const accepted = await submit(world, callbackPreference(world));
  for (let waited = 0; waited < 60 && told === undefined; waited += 1) await world.wait(minute);
  if (told === undefined) await poll(world, accepted);
  await world.wait(5 * minute);
  if (told === undefined) return;
  const { location } = JSON.parse(told) as { readonly location: string };
  await world.send({ url: location, headers: { Authorization: 'Bearer token-of-the-worker' } });
};

/** Is stopped after its first look, and goes on half an hour later from the address that it has kept. */
const restarted: SmallClient = async (world) => {
  const { location } = await submit(world);
  await world.wait(minute);
  const first = await getMonitor(world, { location, id: '' });
  if (read(first)['backgroundOperationStateCode'] === 3) return;
  await world.wait(29 * minute);
  await poll(world, { location, id: '' });
};

/** Cancels although it has asked to be called, and cares no more for a result. */
const changesItsMind: SmallClient = async (world) => {
  let told = false;
  world.receive = () => {
    told = true;
    return { status: 200 };
  };
  const accepted = await submit(world, callbackPreference(world));
  await world.wait(minute / 6);
  await cancelMonitor(world, accepted);
  await world.wait(30 * minute);
  if (!told) await poll(world, accepted);
};

/** Clients that are right, in different styles. */
export const rightClients: Readonly<Record<string, SmallClient>> = {
  poller,
  callback,
  tableUser,
  canceler,
  sdk,
  batchUser,
  event: eventUser(subscribeByStep),
  flow,
  backOff,
  queue,
  restarted,
  changesItsMind,
  flowTrigger: eventUser(subscribeByRegistration),
};
