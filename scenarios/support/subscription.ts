import type { CheckTools } from '../../harness/collect.ts';
import { DeliveryIndex } from '../../harness/delivery-index.ts';
import { createWebhook, stepBody } from '../../harness/events.ts';
import type { RegisteredRow } from '../../harness/rows.ts';
import { Channel, type Delivery } from '../../harness/listener.ts';
import type { JsonObject } from '../../harness/answer.ts';

/** A step of the check's own on the completion event, with what its webhook received. */
export interface Subscription {
  readonly step: RegisteredRow;
  readonly webhook: RegisteredRow;
  /** What came for one operation. */
  readonly of: (operationId: string) => readonly Delivery[];
}

type Tools = Pick<CheckTools, 'client' | 'target' | 'events'>;

/**
 * Registers a webhook of the check's own and an asynchronous step, lets `use` work with them, and has
 * both removed once the outcome of the check is recorded.
 *
 * @param columns further columns of the step
 * @param reply what its webhook answers
 * @param ofWebhook further columns of the webhook
 */
export async function withSubscription(
  { client, target, events }: Tools,
  columns: JsonObject,
  use: (subscription: Subscription) => Promise<void>,
  reply: Channel['reply'] = () => ({ status: 200 }),
  ofWebhook: JsonObject = {},
): Promise<void> {
  const channel = new Channel('event', reply);
  const registered = async (webhook: RegisteredRow): Promise<void> => {
    const body = { ...(await stepBody(client, webhook, events.runId, 1)), ...columns };
    const step = await events.registrations.create(client, 'sdkmessageprocessingsteps', body);
    try {
      const index = new DeliveryIndex();
      const of = (id: string): readonly Delivery[] => index.find(id, channel.deliveries);
      await use({ step, webhook, of });
    } finally {
      events.registrations.discard(step);
    }
  };
  await withWebhook({ client, target, events }, channel, registered, ofWebhook);
}

/** Registers a webhook that points at a channel, for as long as `use` works with it. */
export async function withWebhook(
  { client, target, events }: Tools,
  channel: Channel,
  use: (webhook: RegisteredRow) => Promise<void>,
  columns: JsonObject = {},
): Promise<void> {
  const { url, key } = target.listener.open(channel);
  const webhook = events.registrations.keep(await createWebhook(client, url, events.runId, columns));
  try {
    await use(webhook);
  } finally {
    events.registrations.discard(webhook);
    target.listener.close(key);
  }
}
