import { messages } from '../contract/vocabulary.ts';
import type { Moment, OutboundAnswer, OutboundRequest } from './behaviour/delivery.ts';
import type { Operation } from './core/operation.ts';
import { completionContext, registrationBody, webhookAddress } from './events/context.ts';
import { messageId } from './events/messages.ts';
import type { DeliveryTo, PendingDelivery } from './pending.ts';
import { depthHeader } from './http/depth.ts';
import { formCall } from './http/forms.ts';
import { fieldProblem } from './http/framing-headers.ts';
import type { World } from './world.ts';
import { situationOf } from './world.ts';

/** Thrown for what would be sent after the organization has ended. */
export class StoppedError extends Error {}

/** Real milliseconds after which a delivery that is not answered is given up. */
const giveUpAfter = 55_000;

/** System jobs of failed deliveries that are kept. */
const mostJobs = 20_000;

/** Steps, and callback registrations, that are notified of one operation at the same time. */
const subscribersAtOnce = 20;

const json: readonly [string, string] = ['Content-Type', 'application/json; charset=utf-8'];

/**
 * Sends one request as the behaviour rewrites it; answers with the first answer, undefined if
 * nothing was sent. Rejects if the first was not answered.
 */
export async function sendOut(
  world: World,
  request: OutboundRequest,
  about: { readonly operation: Operation | undefined; readonly moment: Moment; readonly delivery: number },
  depth = about.operation?.depth ?? 0,
): Promise<OutboundAnswer | undefined> {
  const deeper = { ...request, headers: [...request.headers, [depthHeader, String(depth + 1)] as const] };
  const situation = situationOf(world, about.operation);
  const requests = world.behaviour.outbound(deeper, { ...situation, ...about });
  const { calls } = situation.choices;
  const [first] = await Promise.allSettled(
    requests.map((each) => world.send({ ...each, headers: formCall(each.headers, calls), form: calls.body })),
  );
  if (first?.status === 'rejected') throw first.reason;
  return first?.value;
}

/** Sends what is due at a moment of an operation's life; settles when everything was answered or given up. */
export function deliver(world: World, operation: Operation, moment: Moment): Promise<void> | undefined {
  const situation = situationOf(world, operation);
  const due = world.behaviour.deliveries(moment, operation, situation);
  if (due.length === 0) return undefined;
  const { now } = situation;
  const sent = due.map((kind) => {
    const to = waitingFor(world, operation, kind);
    if (to === undefined) return undefined;
    const about = { operation, moment, happenedOn: now, at: now, delivery: 1 };
    return run(world, world.pending.add({ ...about, kind: to }));
  });
  return Promise.all(sent).then(() => undefined);
}

/** To whom a delivery goes; undefined where nobody waits for it. */
function waitingFor(
  { events }: World,
  { callbackUrl }: Operation,
  kind: 'callback' | 'webhook' | 'registration',
): DeliveryTo | undefined {
  switch (kind) {
    case 'callback':
      return callbackUrl === undefined ? undefined : 'callback';
    case 'webhook':
      return events.steps.size === 0 ? undefined : 'webhooks';
    case 'registration':
      return events.callbackRegistrations.size === 0 ? undefined : 'registrations';
  }
}

/** Gives deliveries that an earlier start did not finish their moment. */
export function resumeDelivery(world: World, delivery: PendingDelivery): void {
  world.pending.put(delivery);
  world.clock.at(Math.max(delivery.at, world.clock.now()), () => run(world, delivery));
}

function run(world: World, pending: PendingDelivery): Promise<void> {
  switch (pending.kind) {
    case 'callback':
      return attempt(world, pending, callbackRequest(world, pending));
    case 'webhooks':
      return notifyAll(world, pending, 'webhook');
    case 'webhook':
      return attempt(world, pending, webhookRequest(world, pending));
    case 'registrations':
      return notifyAll(world, pending, 'registration');
    case 'registration':
      return attempt(world, pending, registrationRequest(world, pending));
  }
}

function callbackRequest(world: World, { operation, happenedOn }: PendingDelivery): OutboundRequest {
  const situation = { ...situationOf(world, operation), now: happenedOn };
  const location = world.behaviour.location(operation, situation);
  return {
    method: 'POST',
    url: operation.callbackUrl ?? '',
    headers: [json],
    body: JSON.stringify(world.behaviour.callback(operation, location, situation)),
    purpose: 'callback',
    timeoutMs: giveUpAfter,
  };
}

/**
 * Notifies all steps, or all callback registrations, of a completion, so many at a time: what waits for its turn is
 * not made yet and takes no memory.
 */
async function notifyAll(
  world: World,
  all: PendingDelivery,
  kind: 'webhook' | 'registration',
): Promise<void> {
  const requestOf = kind === 'webhook' ? webhookRequest : registrationRequest;
  const rows = kind === 'webhook' ? world.events.steps : world.events.callbackRegistrations;
  const waiting = rows.keys();
  let { done = [] } = all;
  const lane = async (): Promise<void> => {
    for (const step of waiting) {
      if (done.includes(step)) continue;
      // Its own entry replaces its part of this one only when it was sent, or has to be sent again.
      const own = { ...all, kind, step, job: crypto.randomUUID() } as const;
      const request = requestOf(world, own);
      if (request === undefined) continue;
      await attempt(world, own, request, () => {
        done = [...done, step];
        if (done.length < rows.size) world.pending.put({ ...all, done });
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(subscribersAtOnce, rows.size) }, lane));
  if (world.isStopped()) return;
  world.pending.remove(all.number);
}

/** The request that tells a callback registration; undefined where it is not for the event, or there no more. */
function registrationRequest(
  world: World,
  { operation, happenedOn, step: id = '' }: PendingDelivery,
): OutboundRequest | undefined {
  const row = world.events.callbackRegistrations.get(id);
  if (row?.values.sdkmessagename !== messages.complete) return undefined;
  const location = world.behaviour.location(operation, { ...situationOf(world, operation), now: happenedOn });
  return {
    method: 'POST',
    url: String(row.values.url),
    headers: [json],
    body: JSON.stringify(registrationBody(operation, location, world.choices.registrationForm)),
    purpose: 'registration',
    timeoutMs: giveUpAfter,
  };
}

/** The request that notifies a step; undefined where it is not for the event, or it or its endpoint is there no more. */
function webhookRequest(
  world: World,
  { operation, happenedOn, step: stepId = '' }: PendingDelivery,
): OutboundRequest | undefined {
  const { behaviour, organization, events } = world;
  const step = events.steps.get(stepId);
  if (step?.enabled !== true || step.messageId !== messageId(messages.complete)) return undefined;
  const endpoint = events.endpoints.get(step.endpointId);
  if (endpoint === undefined) return undefined;
  const situation = { ...situationOf(world, operation), now: happenedOn };
  const location = behaviour.location(operation, situation);
  const context = completionContext(operation, location, step, organization, happenedOn);
  const { url, headers } = webhookAddress(endpoint);
  return {
    method: 'POST',
    url,
    headers: [
      json,
      ['x-ms-dynamics-organization', new URL(operation.origin).hostname],
      ['x-ms-dynamics-entity-name', 'none'],
      ['x-ms-dynamics-request-name', messages.complete],
      ['x-ms-correlation-request-id', operation.id],
      // Refused where they are set; a field that came another way is not sent all the same.
      ...headers.filter(([name, value]) => fieldProblem(name, value) === undefined),
    ],
    body: JSON.stringify(behaviour.eventContext(context, operation, situation)),
    purpose: 'webhook',
    timeoutMs: giveUpAfter,
  };
}

/** Notes in the system job of a step, or of a callback registration, how its delivery went: `status` undefined if no answer came. */
function noteJob(world: World, pending: PendingDelivery, status: number | undefined): void {
  const { events, clock } = world;
  const { operation, happenedOn, job: id = '', step: stepId = '' } = pending;
  const step = events.steps.get(stepId);
  const name = step?.name ?? events.callbackRegistrations.get(stepId)?.values.name ?? '';
  const succeeded = status !== undefined && status >= 200 && status < 300;
  if (succeeded && step?.autoDelete !== false) {
    events.jobs.delete(id);
    return;
  }
  // Nobody deletes them here, as a tenant's own jobs would: the oldest goes.
  const [oldest] = events.jobs.keys();
  if (events.jobs.size >= mostJobs && oldest !== undefined) events.jobs.delete(oldest);
  events.jobs.set(id, {
    id,
    name: String(name),
    messageName: messages.complete,
    stepId,
    ...(pending.kind === 'registration' ? { ofRegistration: true } : {}),
    correlationId: operation.id,
    status: succeeded ? 30 : 31,
    message: succeeded ? null : `The endpoint answered ${status ?? 'nothing'}.`,
    createdOn: happenedOn,
    completedOn: clock.now(),
  });
}

/**
 * One delivery, and those that follow it; resolves after the first. `over` is called when it was answered or given
 * up, of one that has no entry of its own yet.
 */
async function attempt(
  world: World,
  delivery: PendingDelivery,
  request: OutboundRequest | undefined,
  over?: () => void,
): Promise<void> {
  const { pending, clock } = world;
  const wanted = request !== undefined && isSubscribed(world, delivery);
  const at = wanted ? await send(world, delivery, request) : undefined;
  // It stays as it is, for a later start.
  if (at === 'stopped') return;
  if (over !== undefined) over();
  else if (at === undefined) pending.remove(delivery.number);
  if (at === undefined) return;
  const again = { ...delivery, delivery: delivery.delivery + 1, at };
  if (over === undefined) pending.put(again);
  const kept = over === undefined ? again : pending.add(again);
  clock.at(at, () => attempt(world, kept, request));
}

/** Whether what a delivery is for is still there; of what is gone nothing is told any more. */
function isSubscribed(world: World, { kind, step = '', operation }: PendingDelivery): boolean {
  const { events, behaviour } = world;
  if (kind !== 'webhook' && kind !== 'registration') return true;
  const isThere =
    kind === 'webhook' ? events.steps.has(step) : events.callbackRegistrations.get(step) !== undefined;
  return isThere || behaviour.tellsTheDeleted(kind, operation, situationOf(world, operation));
}

/** Without path and query, which may hold a secret. */
function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url.slice(0, 100);
}

/** Sends a delivery; answers when it has to be sent again, undefined if it has not; `stopped` where nothing was sent. */
async function send(
  world: World,
  about: PendingDelivery,
  request: OutboundRequest,
): Promise<number | 'stopped' | undefined> {
  if (world.isStopped()) return 'stopped';
  let status: number | undefined;
  let retryAfter: string | undefined;
  world.pending.underWay += 1;
  try {
    const answer = await sendOut(world, request, about);
    if (answer === undefined) return undefined;
    ({ status, retryAfter } = answer);
  } catch (error) {
    if (error instanceof StoppedError) return 'stopped';
    status = undefined;
  } finally {
    world.pending.underWay -= 1;
  }
  if (about.kind !== 'callback') noteJob(world, about, status);
  const answered = status === undefined ? 'not answered' : `answered ${status}`;
  const times = about.delivery === 1 ? '' : ` (delivery ${about.delivery})`;
  const what = `${about.kind} to ${originOf(request.url)} ${answered}${times}`;
  world.histories.note(about.operation.id, world.clock.now(), what);
  const wait = world.behaviour.redeliverAfter(
    status,
    about.delivery,
    about.operation,
    situationOf(world, about.operation),
    retryAfter,
  );
  return wait === undefined ? undefined : world.clock.now() + Math.max(1, wait);
}
