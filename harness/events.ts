import { parseJson } from './json.ts';
import { messages } from '../contract/vocabulary.ts';
import { isObject, type JsonObject } from './answer.ts';
import type { Client } from './client.ts';
import { DeliveryIndex, guidOf } from './delivery-index.ts';
import { Channel, type Delivery } from './listener.ts';
import { EventRegistrations } from './registrations.ts';
import { createRow, type RegisteredRow } from './rows.ts';
import { registrationName } from './run-id.ts';
import type { Target } from './target.ts';
import { Blocked, Ending, NotTestable, TransportError, Undecided } from './verdict.ts';

/** The documented context of an event, with its two lists read into maps. */
export interface EventContext {
  readonly delivery: Delivery;
  readonly body: JsonObject;
  readonly inputs: ReadonlyMap<string, unknown>;
  readonly outputs: ReadonlyMap<string, unknown>;
}

/** Creates the webhook that points at a URL of the listener. */
export function createWebhook(
  client: Client,
  url: string,
  runId: string,
  columns: JsonObject = {},
): Promise<RegisteredRow> {
  return createRow(client, 'serviceendpoints', { ...webhookBody(url, runId), ...columns });
}

/** The body of a webhook that is called at this URL. */
export function webhookBody(url: string, runId: string): JsonObject {
  return {
    name: registrationName(runId),
    contract: 8,
    authtype: 4,
    authvalue: 'bgop-conformance',
    connectionmode: 1,
    messageformat: 2,
    path: '/',
    solutionnamespace: 'bgop',
    userclaim: 1,
    url,
  };
}

/** The body of a step on OnBackgroundOperationComplete; `mode` 1 is asynchronous, 0 synchronous. */
export async function stepBody(
  client: Client,
  webhook: RegisteredRow,
  runId: string,
  mode: 0 | 1,
): Promise<JsonObject> {
  const found = await client.api(
    'GET',
    `sdkmessages?$select=sdkmessageid,name&$filter=name eq '${messages.complete}'`,
  );
  const rows = found.object()?.['value'];
  const message = Array.isArray(rows) ? (rows as unknown[]).find(isObject) : undefined;
  const messageId = message?.['sdkmessageid'];
  if (typeof messageId !== 'string')
    throw new Undecided(`the target does not list the message ${messages.complete}: ${found.describe()}`);
  return {
    name: registrationName(runId),
    mode,
    stage: 40,
    rank: 1,
    supporteddeployment: 0,
    asyncautodelete: true,
    'sdkmessageid@odata.bind': `/sdkmessages(${messageId})`,
    'eventhandler_serviceendpoint@odata.bind': `/serviceendpoints(${webhook.id})`,
  };
}

/** Reads the two lists of a delivered context; undefined where the body is no such context. */
function readContext(delivery: Delivery): EventContext | undefined {
  const body = parseJson(delivery.body);
  if (!isObject(body)) return undefined;
  return {
    delivery,
    body,
    inputs: contextPairs(body['InputParameters']),
    outputs: contextPairs(body['OutputParameters']),
  };
}

/** A list of `{key, value}` in a context, as a map. */
export function contextPairs(list: unknown): ReadonlyMap<string, unknown> {
  const result = new Map<string, unknown>();
  for (const pair of Array.isArray(list) ? (list as unknown[]) : []) {
    if (isObject(pair) && typeof pair['key'] === 'string') result.set(pair['key'], pair['value']);
  }
  return result;
}

/**
 * The subscription to OnBackgroundOperationComplete of one worker: made when the first check needs it,
 * and kept for as long as the worker lasts.
 */
export class Events {
  readonly #target: Target;
  readonly #client: Client;
  readonly #runId: string;
  /** Everything that this worker registered, also what checks registered for themselves. */
  readonly registrations: EventRegistrations;
  /** The status with which the listener answers an event; who sets it sets it back. */
  status = 200;
  readonly #channel = new Channel('event', () => ({ status: this.status }));
  readonly #index = new DeliveryIndex();
  #ready: Promise<void> | undefined;

  constructor(target: Target, client: Client, runId: string) {
    this.#target = target;
    this.registrations = new EventRegistrations(target);
    this.#client = client;
    this.#runId = runId;
  }

  get client(): Client {
    return this.#client;
  }

  get runId(): string {
    return this.#runId;
  }

  /** Is called as each event arrives, before it is answered; whoever sets it sets it back. */
  set onArrival(look: Channel['onArrival']) {
    this.#channel.onArrival = look;
  }

  /**
   * Makes sure that completions reach the listener from now on. What the target refuses once it is not
   * asked for again; where no answer came the next check tries again.
   */
  async subscribe(): Promise<void> {
    this.#ready ??= this.#subscribe();
    try {
      await this.#ready;
    } catch (error) {
      if (error instanceof TransportError) this.#ready = undefined;
      // Raised in an earlier check, it is the ending of this one as well.
      if (error instanceof Ending) Ending.raised.add(error);
      throw error;
    }
  }

  /** The contexts that came for one operation. A body that is no context is found by the id in its text. */
  of(operationId: string): EventContext[] {
    return this.deliveriesOf(operationId).flatMap((one) => readContext(one) ?? []);
  }

  /** The contexts that came after a moment of {@link Delivery.arrivedAt}, of whatever operation. */
  since(moment: number): EventContext[] {
    return this.#channel.deliveries
      .filter(({ arrivedAt }) => arrivedAt > moment)
      .flatMap((one) => readContext(one) ?? []);
  }

  /** Every delivery whose text names the operation; blocks the check for an id that any text may hold. */
  deliveriesOf(operationId: string): Delivery[] {
    const id = guidOf(operationId);
    if (id === undefined) throw new Blocked('submit.id-is-guid', `it is ${operationId}`);
    return [...this.#index.find(id, this.#channel.deliveries)];
  }

  /** The target has lost what was registered: the next check that needs it registers it again. */
  forget(): void {
    this.#ready = undefined;
  }

  async #subscribe(): Promise<void> {
    switch (this.#target.offers.events) {
      case undefined:
        throw new NotTestable('the target offers no events');
      case 'preregistered':
        this.#target.listener.preregister(this.#channel);
        return;
      case 'webhook-step': {
        const { url } = this.#target.listener.open(this.#channel);
        const webhook = this.registrations.keep(await createWebhook(this.#client, url, this.#runId));
        const body = await stepBody(this.#client, webhook, this.#runId, 1);
        await this.registrations.create(this.#client, 'sdkmessageprocessingsteps', body);
      }
    }
  }
}
