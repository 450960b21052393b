import {
  bearer,
  callbackPreference,
  cancelMonitor,
  columns,
  exportApi,
  exportBody,
  getMonitor,
  getRow,
  json,
  minute,
  poll,
  read,
  submit,
  webApi,
} from './steps.ts';
import type { ClientAnswer, SmallClient } from './world.ts';

// Legal styles that are rare: a judge that knows the usual ones only would accuse them.

const stateOf = (answer: ClientAnswer): unknown => {
  const body = read(answer);
  return body['backgroundOperationStateCode'] ?? body['backgroundoperationstatecode'];
};

/** Asks for the row only where it has changed. */
const conditional: SmallClient = async (world) => {
  const { id } = await submit(world);
  let etag = '';
  for (let polls = 0; polls < 20; polls += 1) {
    await world.wait(minute);
    const headers = { ...bearer, ...json, ...(etag === '' ? {} : { 'If-None-Match': etag }) };
    const answer = await world.send({ url: `${webApi}/backgroundoperations(${id})?${columns}`, headers });
    if (answer.status !== 200) continue;
    etag = String(read(answer)['@odata.etag']);
    if (stateOf(answer) === 3) return;
  }
};

/** Waits twice as long each time, from a minute on. */
const exponential: SmallClient = async (world) => {
  const accepted = await submit(world);
  for (let waitMs = minute; waitMs < 100 * minute; waitMs *= 2) {
    await world.wait(waitMs);
    if (stateOf(await getMonitor(world, accepted)) === 3) return;
  }
};

/** Two people watch one operation, each in a rhythm and a way of their own. */
const twoPeople: SmallClient = async (world) => {
  const accepted = await submit(world);
  const other = { Authorization: 'Bearer token-other' };
  const url = `${webApi}/backgroundoperations(${accepted.id})?${columns}`;
  let [mine, theirs] = [false, false];
  await world.wait(minute);
  for (let polls = 0; polls < 20 && !(mine && theirs); polls += 1) {
    await world.wait(minute / 2);
    if (!mine) mine = stateOf(await getMonitor(world, accepted)) === 3;
    await world.wait(minute / 2);
    if (!theirs) theirs = stateOf(await world.send({ url, headers: other })) === 3;
  }
};

/** Looks at the row by FetchXML, which is fine as long as it names the six columns. */
const byFetchXml: SmallClient = async (world) => {
  const { id } = await submit(world);
  const names = columns.replace('$select=', '').split(',');
  const attributes = names.map((name) => `<attribute name="${name}"/>`).join('');
  const condition = `<condition attribute="backgroundoperationid" operator="eq" value="${id}"/>`;
  const fetchXml = `<fetch><entity name="backgroundoperation">${attributes}<filter>${condition}</filter></entity></fetch>`;
  const url = `${webApi}/backgroundoperations?fetchXml=${encodeURIComponent(fetchXml)}`;
  for (let polls = 0; polls < 20; polls += 1) {
    await world.wait(minute);
    const answer = await world.send({ url, headers: { ...bearer, ...json } });
    const [row] = (read(answer)['value'] ?? []) as Record<string, unknown>[];
    if (row?.['backgroundoperationstatecode'] === 3) return;
  }
};

/** Is throttled, waits as long as it is told at every address, and goes on. */
const patient: SmallClient = async (world) => {
  const accepted = await submit(world);
  world.simulator.control.faults.add({
    match: { path: '/api/backgroundoperation/*' },
    status: 429,
    retryAfter: 200,
    times: 1,
  });
  await world.wait(minute);
  await getMonitor(world, accepted);
  await world.wait(200_000);
  await poll(world, accepted, getRow);
};

/** Gives a job up, sees it end, and starts it anew; its callback URL has a signature, its preferences odd capitals. */
const startsAnew: SmallClient = async (world) => {
  const first = await submit(world);
  await cancelMonitor(world, first);
  await poll(world, first);
  const { Prefer } = callbackPreference(world).headers;
  const again = await submit(world, {
    headers: { Prefer: Prefer.replace('respond-async', 'wait=5 , Respond-Async') },
  });
  await world.wait(4 * minute);
  await getMonitor(world, again);
};

/** Calls a custom API synchronously with preferences of its own, and reads tables as usual. */
const alsoSynchronous: SmallClient = async (world) => {
  const headers = { ...bearer, ...json, Prefer: 'odata.include-annotations="*"' };
  await world.send({ method: 'POST', url: exportApi, headers, body: exportBody });
  await world.send({ url: `${webApi}/customapis?$select=name`, headers });
  await poll(world, await submit(world));
};

/** Right clients of unusual styles, by what each does. */
export const rightStyles: Readonly<Record<string, SmallClient>> = {
  conditional,
  exponential,
  twoPeople,
  byFetchXml,
  patient,
  startsAnew,
  alsoSynchronous,
};
