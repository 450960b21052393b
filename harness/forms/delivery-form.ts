import { isKnownPair } from '../../contract/lifecycle.ts';
import { probeDefinition } from '../../contract/probe.ts';
import { credentialHeaders, headers as names, members, messages, paths } from '../../contract/vocabulary.ts';
import type { Received } from '../../record/evidence.ts';
import { isObject, type JsonObject } from '../answer.ts';
import type { Note } from '../check/findings.ts';
import { contextPairs } from '../events.ts';
import { parseJson } from '../json.ts';
import { demandOf, asPlainText, type Demand } from './demand.ts';

const documented: ReadonlySet<string> = new Set(Object.values(members));
const ofProbe: ReadonlySet<string> = new Set(probeDefinition.properties.map(({ name }) => name));

/** Holds anything that came to the suite against what each of its kind has to be. */
export function lookAtDelivery(received: Received, note: Note): void {
  if (received.purpose === 'callback') lookAtCallback(received, note);
  if (received.purpose === 'event') lookAtEvent(received, note);
}

/** A callback registration is told in a form of its own, so that only the context of a webhook is looked at. */
function lookAtEvent({ body, headers }: Received, note: Note): void {
  const context = body.cut === undefined ? parseJson(body.text) : undefined;
  if (!isObject(context) || context['MessageName'] !== messages.complete) return;
  const demand = demandOf(note, 'an event');
  const named = headers.find(([name]) => name.toLowerCase() === names.requestName)?.[1];
  demand(named === messages.complete, 'event.headers', names.requestName, messages.complete, named);
  const [inputs, outputs] = [
    contextPairs(context['InputParameters']),
    contextPairs(context['OutputParameters']),
  ];
  const type = inputs.get('PayloadType');
  demand(type === 0, 'event.inputs', 'PayloadType', '0', type);
  const id = asPlainText(inputs.get('BackgroundOperationId')).toLowerCase();
  const location = asPlainText(inputs.get('LocationUrl')).replace(/\?.*/s, '');
  const leads = id !== '' && location.toLowerCase().endsWith(`${paths.monitor}${id}`);
  demand(
    leads,
    'event.inputs',
    'LocationUrl',
    `the address of the monitor of ${id}`,
    inputs.get('LocationUrl'),
  );
  const state = outputs.get('BackgroundOperationStateCode');
  const status = outputs.get('BackgroundOperationStatusCode');
  const right = state === 3 && typeof status === 'number' && isKnownPair(state, status);
  demand(right, 'event.outputs', 'the codes', 'those of an operation at its end', [state, status]);
}

function lookAtCallback({ method, headers, body }: Received, note: Note): void {
  const demand = demandOf(note, 'a callback');
  demand(method === 'POST', 'callback.post', 'the method', 'POST', method);
  const shown = headers
    .map(([name]) => name.toLowerCase())
    .filter((name) => (credentialHeaders as readonly string[]).includes(name));
  demand(shown.length === 0, 'callback.no-credentials', 'the headers', 'free of credentials', shown);
  // A redirect that is followed comes as GET, without a body.
  if (body.cut !== undefined || method !== 'POST') return;
  const payload = parseJson(body.text);
  demand(isObject(payload), 'callback.json', 'the payload', 'a JSON object', body.text);
  if (isObject(payload)) expectPayload(payload, demand);
}

function expectPayload(payload: JsonObject, demand: Demand): void {
  const [state, status] = [payload[members.state], payload[members.status]];
  const right = state === 3 && typeof status === 'number' && isKnownPair(state, status);
  demand(right, 'callback.codes', 'the codes', 'those of an operation at its end', [state, status]);
  for (const name of Object.keys(payload))
    if (!documented.has(name))
      demand(
        false,
        ofProbe.has(name) ? 'callback.no-outputs' : 'callback.only-documented-members',
        'the members',
        `free of ${name}`,
        payload[name],
      );
}
