import { bearer, insist, json, read, webApi } from './steps.ts';
import type { ClientWorld } from './world.ts';

/** The event that tells of every end. */
const event = 'OnBackgroundOperationComplete';

/** Creates a row and gives its id. */
async function create(world: ClientWorld, set: string, row: Readonly<Record<string, unknown>>) {
  const answer = await world.send({
    method: 'POST',
    url: `${webApi}/${set}`,
    headers: { ...bearer, ...json },
    body: JSON.stringify(row),
  });
  insist(answer.status === 204, `${set} was answered ${answer.status}`);
  return /\(([^)]+)\)$/.exec(answer.header('odata-entityid') ?? '')?.[1] ?? '';
}

/** Registers a webhook and an asynchronous step on the event, as the plug-in registration tool does. */
export async function subscribeByStep(world: ClientWorld): Promise<void> {
  const filter = encodeURIComponent(`name eq '${event}'`);
  const url = `${webApi}/sdkmessages?$select=sdkmessageid&$filter=${filter}`;
  const listed = read(await world.send({ url, headers: { ...bearer, ...json } }));
  const [message] = listed['value'] as { readonly sdkmessageid: string }[];
  insist(message !== undefined, `no message is called ${event}`);
  const endpoint = await create(world, 'serviceendpoints', {
    name: 'client',
    contract: 8,
    url: world.receiverUrl,
    authtype: 4,
    authvalue: 'key-of-the-webhook',
  });
  await create(world, 'sdkmessageprocessingsteps', {
    name: 'client step',
    mode: 1,
    stage: 40,
    rank: 1,
    asyncautodelete: true,
    'sdkmessageid@odata.bind': `/sdkmessages(${message.sdkmessageid})`,
    'eventhandler_serviceendpoint@odata.bind': `/serviceendpoints(${endpoint})`,
  });
}

/** Registers a callback registration on the event, as the trigger "when an action is performed" does. */
export async function subscribeByRegistration(world: ClientWorld): Promise<void> {
  await create(world, 'callbackregistrations', {
    version: 3,
    url: world.receiverUrl,
    name: 'client',
    scope: 4,
    entityname: 'none',
    sdkmessagename: event,
  });
}

/** The id of the operation that an event of either kind tells of; undefined for what is no such event. */
export function operationOfEvent(body: string): string | undefined {
  const { InputParameters: inputs } = JSON.parse(body) as { readonly InputParameters?: unknown };
  const found = Array.isArray(inputs)
    ? (inputs as { key: string; value: unknown }[]).find(({ key }) => key === 'BackgroundOperationId')?.value
    : (inputs as Readonly<Record<string, unknown>> | undefined)?.['BackgroundOperationId'];
  return typeof found === 'string' ? found.toLowerCase() : undefined;
}
