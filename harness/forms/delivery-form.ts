import { isKnownPair } from '../../contract/lifecycle.ts';
import { probeDefinition } from '../../contract/probe.ts';
import { credentialHeaders, members, messages, paths } from '../../contract/vocabulary.ts';
import type { Received } from '../../record/evidence.ts';
import { isObject, type JsonObject } from '../answer.ts';
import type { Note } from '../check/findings.ts';
import { readPairs } from '../events.ts';
import { parseJson } from '../json.ts';
import { wantedOf, type Wanted } from './wanted.ts';

const documented: ReadonlySet<string> = new Set(Object.values(members));
const ofProbe: ReadonlySet<string> = new Set(probeDefinition.properties.map(({ name }) => name));

/** Holds anything that came to the suite against what each of its kind has to be. */
export function lookAtDelivery(received: Received, note: Note): void {
  if (received.purpose === 'callback') lookAtCallback(received, note);
  if (received.purpose === 'event') lookAtEvent(received, note);
}

/** A callback registration is told in a form of its own, so that only the context of a webhook is looked at. */
function lookAtEvent({ body }: Received, note: Note): void {
  const context = body.cut === undefined ? parseJson(body.text) : undefined;
  if (!isObject(context) || context['MessageName'] !== messages.complete) return;
  const wanted = wantedOf(note, 'an event');
  const [inputs, outputs] = [readPairs(context['InputParameters']), readPairs(context['OutputParameters'])];
  const type = inputs.get('PayloadType');
  wanted(type === 0, 'event.inputs', 'PayloadType', '0', type);
  const id = String(inputs.get('BackgroundOperationId')).toLowerCase();
  const location = String(inputs.get('LocationUrl'));
  const leads = location.toLowerCase().endsWith(`${paths.monitor}${id}`);
  wanted(leads, 'event.inputs', 'LocationUrl', `the address of the monitor of ${id}`, location);
  const state = outputs.get('BackgroundOperationStateCode');
  const status = outputs.get('BackgroundOperationStatusCode');
  const right = state === 3 && typeof status === 'number' && isKnownPair(state, status);
  wanted(right, 'event.outputs', 'the codes', 'those of an operation at its end', [state, status]);
}

function lookAtCallback({ method, headers, body }: Received, note: Note): void {
  const wanted = wantedOf(note, 'a callback');
  wanted(method === 'POST', 'callback.post', 'the method', 'POST', method);
  const shown = headers
    .map(([name]) => name.toLowerCase())
    .filter((name) => (credentialHeaders as readonly string[]).includes(name));
  wanted(shown.length === 0, 'callback.no-credentials', 'the headers', 'free of credentials', shown);
  // A redirect that is followed comes as GET, without a body.
  if (body.cut !== undefined || method !== 'POST') return;
  const payload = parseJson(body.text);
  wanted(isObject(payload), 'callback.json', 'the payload', 'a JSON object', body.text);
  if (isObject(payload)) expectPayload(payload, wanted);
}

function expectPayload(payload: JsonObject, wanted: Wanted): void {
  const [state, status] = [payload[members.state], payload[members.status]];
  const right = state === 3 && typeof status === 'number' && isKnownPair(state, status);
  wanted(right, 'callback.codes', 'the codes', 'those of an operation at its end', [state, status]);
  for (const name of Object.keys(payload))
    if (!documented.has(name))
      wanted(
        false,
        ofProbe.has(name) ? 'callback.no-outputs' : 'callback.only-documented-members',
        'the members',
        `free of ${name}`,
        payload[name],
      );
  if (status !== 30) return;
  for (const name of [members.errorCode, members.errorMessage])
    wanted(payload[name] !== null, 'callback.error-only-on-failure', name, 'absent', null);
}
