import type { ClientAnswer, SmallClientRequest, ClientWorld, SmallClient } from './world.ts';

// What right clients do, in steps that a wrong one can do otherwise in one point.

export const webApi = '/api/data/v9.2';
export const exportApi = `${webApi}/sample_ExportDataUsingFetchXmlToAnnotation`;
export const exportBody = '{"FetchXml":"<fetch><entity name=\\"account\\"/></fetch>"}';
export const bearer = { Authorization: 'Bearer token-initiator' };
export const json = { 'Content-Type': 'application/json', Accept: 'application/json' };
export const minute = 60_000;
export const columns =
  '$select=name,backgroundoperationstatecode,backgroundoperationstatuscode,outputparameters,errorcode,errormessage';

/** Fails the client: its own test would be red. */
export function insist(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

/** The JSON object of an answer. */
export function read(answer: ClientAnswer): Record<string, unknown> {
  return answer.body === '' ? {} : (JSON.parse(answer.body) as Record<string, unknown>);
}

/** An accepted operation: where its monitor is, and its id. */
export interface Accepted {
  readonly location: string;
  readonly id: string;
}

/** Submits the export; a member of `other` replaces what a right client sends. */
export async function submit(world: ClientWorld, other: Partial<SmallClientRequest> = {}): Promise<Accepted> {
  const answer = await world.send({
    method: 'POST',
    url: exportApi,
    body: exportBody,
    ...other,
    headers: { ...bearer, ...json, Prefer: 'respond-async', ...other.headers },
  });
  insist(answer.status === 202, `expected 202, got ${answer.status}`);
  const location = answer.header('location') ?? '';
  return { location, id: /[^/?]*(?=\?|$)/.exec(location)?.[0] ?? '' };
}

/** The preference of a right client that wants a callback. */
export function callbackPreference({ receiverUrl }: ClientWorld): {
  readonly headers: { readonly Prefer: string };
} {
  return { headers: { Prefer: `respond-async,odata.callback;url="${receiverUrl}"` } };
}

/** Reads the monitor. */
export function getMonitor(world: ClientWorld, { location }: Accepted): Promise<ClientAnswer> {
  return world.send({ url: location, headers: bearer });
}

/** Reads the row with the six columns. */
export function getRow(world: ClientWorld, { id }: Accepted): Promise<ClientAnswer> {
  return world.send({
    url: `${webApi}/backgroundoperations(${id})?${columns}`,
    headers: { ...bearer, ...json },
  });
}

/** Whether an answer of monitor or row shows the end. */
function hasEnded(answer: ClientAnswer): boolean {
  const body = read(answer);
  return (body['backgroundOperationStateCode'] ?? body['backgroundoperationstatecode']) === 3;
}

/** Polls every minute until the end, as far as a retry schedule may take. */
export async function poll(
  world: ClientWorld,
  accepted: Accepted,
  look: typeof getMonitor = getMonitor,
  everyMs: number = minute,
): Promise<ClientAnswer> {
  for (let polls = 0; polls < 200; polls += 1) {
    await world.wait(everyMs);
    const answer = await look(world, accepted);
    if (answer.status === 404) return answer;
    if (answer.status === 200 && hasEnded(answer)) return answer;
  }
  throw new Error('the operation did not end');
}

/** Cancels by PATCH; a member of `other` replaces what a right client sends. */
export function cancelRow(
  world: ClientWorld,
  { id }: Accepted,
  other: Partial<SmallClientRequest> = {},
): Promise<ClientAnswer> {
  return world.send({
    method: 'PATCH',
    url: `${webApi}/backgroundoperations(${id})`,
    headers: { ...bearer, ...json, 'If-Match': '*' },
    body: '{"backgroundoperationstatecode":2,"backgroundoperationstatuscode":22}',
    ...other,
  });
}

/** Cancels by DELETE of the monitor. */
export function cancelMonitor(world: ClientWorld, { location }: Accepted): Promise<ClientAnswer> {
  return world.send({ method: 'DELETE', url: location, headers: bearer });
}

/** Resolves with the callback's payload when it has come. */
export async function called(world: ClientWorld): Promise<Record<string, unknown>> {
  let payload: Record<string, unknown> | undefined;
  world.receive = (body) => {
    payload = JSON.parse(body) as Record<string, unknown>;
    return { status: 204 };
  };
  for (let waited = 0; waited < 60 && payload === undefined; waited += 1) await world.wait(minute);
  insist(payload !== undefined, 'no callback came');
  return payload;
}

/** Lists the operations page by page; `follow` gives the next request of a client that is wrong there. */
export async function listAll(
  world: ClientWorld,
  follow: (link: string, headers: Readonly<Record<string, string>>) => SmallClientRequest = (
    url,
    headers,
  ) => ({
    url,
    headers,
  }),
): Promise<void> {
  const headers = { ...bearer, ...json, Prefer: 'odata.maxpagesize=1' };
  let page = await world.send({ url: `${webApi}/backgroundoperations?${columns}`, headers });
  for (
    let link = read(page)['@odata.nextLink'];
    typeof link === 'string';
    link = read(page)['@odata.nextLink']
  ) {
    page = await world.send(follow(link, headers));
    if (page.status !== 200) return;
  }
}

/** A right client whose submission differs. */
export function submitting(other: (world: ClientWorld) => Partial<SmallClientRequest>): SmallClient {
  return async (world) => {
    await poll(world, await submit(world, other(world)));
  };
}

/** A right client with a callback whose receiver answers otherwise. */
export function receiving(
  answer: (calls: number) => { status: number; tookMs?: number; body?: string },
): SmallClient {
  return async (world) => {
    let calls = 0;
    world.receive = () => answer((calls += 1));
    await poll(world, await submit(world, callbackPreference(world)));
  };
}

/** A client that submits and then does what is given. */
export function afterSubmit(then: (world: ClientWorld, accepted: Accepted) => Promise<unknown>): SmallClient {
  return async (world) => {
    await then(world, await submit(world));
  };
}
