import {
  bearer,
  called,
  cancelMonitor,
  cancelRow,
  insist,
  listAll,
  minute,
  poll,
  read,
  readMonitor,
  readRow,
  submit,
  withCallback,
} from './steps.ts';
import { envelope, retrieveEnvelope, soapId, soapPath, soapState } from './soap-steps.ts';
import type { SmallClient } from './world.ts';

/** Submits, polls the monitor once a minute, takes any way in which it ends. */
const poller: SmallClient = async (world) => {
  const accepted = await submit(world);
  const end = await poll(world, accepted);
  const status = Number(read(end)['backgroundOperationStatusCode']);
  insist([30, 31, 32].includes(status), `no end: ${status}`);
};

/** Asks for a callback, reads the result when it comes, and looks by itself where none comes. */
const callback: SmallClient = async (world) => {
  const accepted = await submit(world, withCallback(world));
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
  await poll(world, first, readRow);
  await poll(world, second, readRow);
  await listAll(world);
};

/** Runs a job and gives it up: cancels by DELETE, and takes whatever end it had. */
const canceler: SmallClient = async (world) => {
  const accepted = await submit(world);
  await world.wait(minute / 4);
  const answer = await cancelMonitor(world, accepted);
  insist(answer.status === 200 || answer.status === 409, `the cancellation was answered ${answer.status}`);
  const end = await poll(world, accepted, readMonitor);
  insist([30, 31, 32].includes(Number(read(end)['backgroundOperationStatusCode'])), 'no end');
};

/** Speaks SOAP, as the SDK for .NET does. */
const sdk: SmallClient = async (world) => {
  const headers = { ...bearer, 'Content-Type': 'text/xml; charset=utf-8' };
  const started = await world.send({ method: 'POST', url: soapPath, headers, body: envelope() });
  const id = soapId(started.body);
  for (let polls = 0; polls < 200; polls += 1) {
    await world.wait(minute);
    const row = await world.send({ method: 'POST', url: soapPath, headers, body: retrieveEnvelope(id) });
    if (soapState(row.body) === 3) return;
  }
  throw new Error('the operation did not end');
};

/** Clients that are right, in different styles. */
export const rightClients: Readonly<Record<string, SmallClient>> = {
  poller,
  callback,
  tableUser,
  canceler,
  sdk,
};
