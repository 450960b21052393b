import { messages } from '../contract/vocabulary.ts';
import type { Moment, OutboundAnswer, OutboundRequest } from './behaviour/delivery.ts';
import type { Operation } from './core/operation.ts';
import { completionContext, webhookAddress } from './events/context.ts';
import { messageId } from './events/messages.ts';
import type { ProcessingStep, ServiceEndpoint } from './events/tables.ts';
import type { Situation } from './situation.ts';
import { depthHeader } from './http/depth.ts';
import { fieldProblem } from './http/framing-headers.ts';
import type { World } from './world.ts';
import { situationOf } from './world.ts';

/** Real milliseconds after which a delivery that is not answered is given up. */
const giveUpAfter = 55_000;

/** System jobs of failed deliveries that are kept. */
const mostJobs = 20_000;

/** Steps that are notified of one operation at the same time. */
const stepsAtOnce = 20;

/** Told how a delivery went, each time: `status` undefined if no answer came. */
type Outcome = (status: number | undefined) => void;

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
  const requests = world.behaviour.outbound(deeper, { ...situationOf(world), ...about });
  const [first] = await Promise.allSettled(requests.map((each) => world.send(each)));
  if (first?.status === 'rejected') throw first.reason;
  return first?.value;
}

/** Sends what is due at a moment of an operation's life; settles when everything was answered or given up. */
export function deliver(world: World, operation: Operation, moment: Moment): Promise<void> | undefined {
  const situation = situationOf(world);
  const due = world.behaviour.deliveries(moment, operation, situation);
  if (due.length === 0) return undefined;
  const sent = due.map((kind) =>
    kind === 'callback'
      ? sendCallback(world, operation, moment, situation)
      : notifySteps(world, operation, moment, situation),
  );
  return Promise.all(sent).then(() => undefined);
}

async function sendCallback(
  world: World,
  operation: Operation,
  moment: Moment,
  situation: Situation,
): Promise<void> {
  if (operation.callbackUrl === undefined) return;
  const location = world.behaviour.location(operation, situation);
  const request: OutboundRequest = {
    method: 'POST',
    url: operation.callbackUrl,
    headers: [['Content-Type', 'application/json; charset=utf-8']],
    body: JSON.stringify(world.behaviour.callback(operation, location, situation)),
    purpose: 'callback',
    timeoutMs: giveUpAfter,
  };
  await attempt(world, request, operation, moment, () => undefined);
}

/** Notifies all steps of an operation, so many at a time: what waits for its turn is not made yet and takes no memory. */
async function notifySteps(
  world: World,
  operation: Operation,
  moment: Moment,
  situation: Situation,
): Promise<void> {
  const { endpoints, steps } = world.events;
  const waiting = steps.values();
  const lane = async (): Promise<void> => {
    for (const step of waiting) {
      if (!step.enabled || step.messageId !== messageId(messages.complete)) continue;
      const endpoint = endpoints.get(step.endpointId);
      if (endpoint !== undefined) await notify(world, operation, moment, step, endpoint, situation);
    }
  };
  await Promise.all(Array.from({ length: Math.min(stepsAtOnce, steps.size) }, lane));
}

async function notify(
  world: World,
  operation: Operation,
  moment: Moment,
  step: ProcessingStep,
  endpoint: ServiceEndpoint,
  situation: Situation,
): Promise<void> {
  const { behaviour, organization, events, clock } = world;
  const location = behaviour.location(operation, situation);
  const context = completionContext(operation, location, step, organization, situation.now);
  const { url, headers } = webhookAddress(endpoint);
  const request: OutboundRequest = {
    method: 'POST',
    url,
    headers: [
      ['Content-Type', 'application/json; charset=utf-8'],
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
  const id = crypto.randomUUID();
  await attempt(world, request, operation, moment, (status) => {
    const succeeded = status !== undefined && status >= 200 && status < 300;
    if (succeeded && step.autoDelete) {
      events.jobs.delete(id);
      return;
    }
    // Nobody deletes them here, as a tenant's own jobs would: the oldest goes.
    const [oldest] = events.jobs.keys();
    if (events.jobs.size >= mostJobs && oldest !== undefined) events.jobs.delete(oldest);
    events.jobs.set(id, {
      id,
      name: step.name,
      messageName: messages.complete,
      stepId: step.id,
      correlationId: operation.id,
      status: succeeded ? 30 : 31,
      message: succeeded ? null : `The endpoint answered ${status ?? 'nothing'}.`,
      createdOn: situation.now,
      completedOn: clock.now(),
    });
  });
}

/** One delivery, and those that follow it; resolves after the first. */
async function attempt(
  world: World,
  request: OutboundRequest,
  operation: Operation,
  moment: Moment,
  outcome: Outcome,
  delivery = 1,
): Promise<void> {
  let status: number | undefined;
  try {
    const answer = await sendOut(world, request, { operation, moment, delivery });
    if (answer === undefined) return;
    ({ status } = answer);
  } catch {
    status = undefined;
  }
  outcome(status);
  const wait = world.behaviour.redeliverAfter(status, delivery, operation, situationOf(world));
  if (wait === undefined) return;
  const again = world.clock.now() + Math.max(1, wait);
  world.clock.at(again, () => attempt(world, request, operation, moment, outcome, delivery + 1));
}
