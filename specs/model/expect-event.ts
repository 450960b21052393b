import { headers, messages } from '../../contract/vocabulary.ts';
import type { EventContext } from '../../harness/events.ts';
import { isTerminal, type ShownCodes } from '../../harness/reading.ts';
import { namesMonitor } from '../../scenarios/support/callbacks.ts';
import { namesEnvironment, webhookHeader } from '../../scenarios/support/webhook-headers.ts';
import { Mismatches, type ViewMismatch } from './mismatch.ts';
import type { Story } from './story.ts';

/** What an event says besides the story: the custom API, and the environment. */
interface EventFacts {
  /** The custom API's unique name. */
  readonly name: string;
  readonly targetUrl: string;
}

/** Holds the events of an operation at rest against what the monitor shows. */
export function eventMismatches(
  story: Story,
  codes: ShownCodes,
  events: readonly EventContext[],
  facts: EventFacts,
): readonly ViewMismatch[] {
  const found = new Mismatches('the event');
  if (events.length === 0) {
    const missing = story.canceled === undefined ? 'event.each-completion' : 'event.on-cancel';
    if (isTerminal(codes)) found.unless(false, missing, 'the number', 'one', 0);
    return found.list;
  }
  found.unless(events.length === 1, 'event.once', 'the number', 'one', events.length);
  for (const event of events) {
    expectHeaders(event, facts, found);
    expectInputs(event, story, found);
    expectOutputs(event, codes, facts, found);
  }
  return found.list;
}

function expectHeaders({ delivery, body }: EventContext, { targetUrl }: EventFacts, found: Mismatches): void {
  const { complete } = messages;
  const name = body['MessageName'];
  found.unless(name === complete, 'event.message-name', 'MessageName', complete, name);
  const asked = webhookHeader(delivery, headers.requestName);
  found.unless(asked === complete, 'event.headers', headers.requestName, complete, asked);
  const domain = webhookHeader(delivery, headers.organization);
  const right = namesEnvironment(domain, targetUrl);
  found.unless(right, 'event.headers', headers.organization, 'the domain name of the environment', domain);
}

function expectInputs({ inputs }: EventContext, { operation }: Story, found: Mismatches): void {
  const type = inputs.get('PayloadType');
  found.unless(type === 0, 'event.inputs', 'PayloadType', 0, type);
  const id = inputs.get('BackgroundOperationId');
  const same = String(id).toLowerCase() === operation.id;
  found.unless(same, 'event.inputs', 'BackgroundOperationId', operation.id, id);
  const location = inputs.get('LocationUrl');
  const named = namesMonitor(location, operation);
  found.unless(named, 'event.inputs', 'LocationUrl', 'the monitor’s URL', location);
}

function expectOutputs(
  { outputs }: EventContext,
  codes: ShownCodes,
  { name }: EventFacts,
  found: Mismatches,
): void {
  const shown = [outputs.get('BackgroundOperationStateCode'), outputs.get('BackgroundOperationStatusCode')];
  const same = shown[0] === codes.state && shown[1] === codes.status;
  found.unless(same, 'event.outputs', 'the codes', [codes.state, codes.status], shown);
  const operationName = outputs.get('OperationName');
  found.unless(operationName === name, 'event.outputs', 'OperationName', name, operationName);
}
