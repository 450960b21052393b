import { messages } from '../../contract/vocabulary.ts';
import type { CheckTools } from '../../harness/collect.ts';
import type { Answer, JsonObject } from '../../harness/answer.ts';
import { Channel, type Delivery } from '../../harness/listener.ts';
import type { Operation } from '../../harness/operation.ts';
import { createdId, type RegisteredRow } from '../../harness/rows.ts';
import { registrationName } from '../../harness/run-id.ts';
import { NotTestable, Undecided } from '../../harness/test.ts';
import { comesAsUsual } from './waiting.ts';

/** The set of callback registrations. */
export const registrationsPath = 'callbackregistrations';

/** A callback registration of the check's own, with what its URL received. */
export interface FlowSubscription {
  readonly row: RegisteredRow;
  /** The body with which it was created. */
  readonly body: JsonObject;
  readonly url: string;
  /** What came for one operation. */
  readonly of: (operationId: string) => Delivery[];
}

/** Each of these says that a call was received. */
const received: readonly number[] = [200, 202, 204];

type Tools = Pick<CheckTools, 'client' | 'target' | 'events'>;

/** The body that the connector's trigger sends to subscribe a URL to completions. */
export function subscriptionBody(url: string, runId: string): JsonObject {
  return {
    version: 3,
    url,
    name: registrationName(runId),
    scope: 4,
    entityname: 'none',
    sdkmessagename: messages.complete,
  };
}

/**
 * Creates a callback registration as the connector does, lets `use` work with it, and has it removed once the
 * outcome of the check is recorded.
 *
 * @param statuses what the URL answers, one after the other
 */
export async function withRegistration(
  tools: Tools,
  use: (subscription: FlowSubscription) => Promise<void>,
  statuses = received,
): Promise<void> {
  const withRow = async (answer: Answer, subscription: FlowSubscription | undefined): Promise<void> => {
    if (subscription === undefined)
      throw new Undecided(`the suite could not create a callback registration: ${answer.describe()}`);
    await use(subscription);
  };
  await register(tools, withRow, statuses);
}

/** As {@link withRegistration}, for a check that looks at every way of being told: without one where none can be made. */
export async function withRegistrationIfOffered(
  tools: Tools,
  use: (subscription: FlowSubscription | undefined) => Promise<void>,
): Promise<void> {
  if (!tools.target.offers.callbackRegistrations) return use(undefined);
  // What a refusal says is what flow.registration observes.
  await register(tools, (_answer, subscription) => use(subscription));
}

/** Creates a registration, and discards it when `use` is done with it: with no subscription where it was refused. */
async function register(
  { client, target, events }: Tools,
  use: (answer: Answer, subscription: FlowSubscription | undefined) => Promise<void>,
  statuses = received,
): Promise<void> {
  const look = async (url: string, of: FlowSubscription['of']): Promise<void> => {
    const body = subscriptionBody(url, events.runId);
    const answer = await client.api('POST', registrationsPath, { body });
    const id = createdId(answer);
    if (id === undefined) return use(answer, undefined);
    const row = events.registrations.keep({ set: registrationsPath, id });
    try {
      await use(answer, { row, body, url, of });
    } finally {
      events.registrations.discard(row);
    }
  };
  await withReceiver({ target }, look, statuses);
}

/** Opens an address of the listener for as long as `use` works with it; `of` gives what came there for an operation. */
export async function withReceiver(
  { target }: Pick<CheckTools, 'target'>,
  use: (url: string, of: FlowSubscription['of']) => Promise<void>,
  statuses: readonly number[] = received,
): Promise<void> {
  let answered = 0;
  const channel = new Channel(
    'event',
    () => ({ status: statuses[answered++ % statuses.length] ?? 200 }),
    false,
  );
  const { url, key } = target.listener.open(channel);
  try {
    await use(url, (id) => channel.deliveries.filter((one) => one.body.toLowerCase().includes(id)));
  } finally {
    target.listener.close(key);
  }
}

/** What a registration was told of an operation at rest; the check is not testable where it is told of nothing. */
export async function toldOf(
  operation: Operation,
  { of }: Pick<FlowSubscription, 'of'>,
  target: CheckTools['target'],
): Promise<readonly Delivery[]> {
  const came = (): boolean => of(operation.id).length > 0;
  if (await comesAsUsual(target, 'callback registration', came)) return of(operation.id);
  throw new NotTestable('callback registrations are not told of completions (flow.event)');
}
