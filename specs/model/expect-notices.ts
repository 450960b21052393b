import type { ClauseId } from '../../contract/clauses.ts';
import { credentialHeaders, members } from '../../contract/vocabulary.ts';
import { isObject, type JsonObject } from '../../harness/answer.ts';
import { parseJson } from '../../harness/json.ts';
import type { Delivery } from '../../harness/listener.ts';
import type { ShownCodes } from '../../harness/reading.ts';
import { namesMonitor } from '../../scenarios/support/callbacks.ts';
import { Mismatches, type ViewMismatch } from './mismatch.ts';
import { hasFailed, type Story } from './story.ts';

const documented: ReadonlySet<string> = new Set(Object.values(members));

function missingCallback({ canceled }: Story, status: number): ClauseId {
  if (canceled !== undefined) return 'callback.on-cancel';
  return status === 30 ? 'callback.on-success' : 'callback.on-failure';
}

/** The part of a URL that is the listener's: what a proxy puts before it is not the target's doing. */
function fromKey(url: string): string {
  return url.slice(Math.max(0, url.indexOf('/bgop/')));
}

/** Holds the callbacks of an operation at rest against what the monitor shows; `answered` is whether the receiver said 2xx, `lateAnswers` whether after seconds of real time, `monitor` what the monitor shows. */
export function callbackMismatches(
  story: Story,
  codes: ShownCodes,
  answered: boolean,
  monitor: JsonObject | undefined,
  lateAnswers = false,
): readonly ViewMismatch[] {
  const { operation } = story;
  const found = new Mismatches('the callback');
  const { callbacks } = operation;
  if (operation.parts.callbackUrl === undefined) return found.list;
  const [first] = callbacks;
  if (first === undefined) {
    found.unless(false, missingCallback(story, codes.status), 'the number', 'one', 0);
    return found.list;
  }
  const lastCall = operation.attempts.at(-1)?.calls.at(-1)?.arrivedAt ?? 0;
  const early = callbacks.filter(({ arrivedAt }) => arrivedAt < lastCall).length;
  found.unless(early === 0, 'callback.not-per-attempt', 'the number before the end', 0, early);
  if (early > 0) return found.list;
  // How long a sender waits for an answer is documented nowhere: it may have given up, and call again.
  if (!lateAnswers) expectOnce(callbacks, answered, found);
  for (const one of callbacks) expectDelivery(one, story, found);
  const payload = parseJson(first.body);
  found.unless(isObject(payload), 'callback.json', 'the payload', 'a JSON object', first.body);
  if (isObject(payload)) expectPayload(payload, story, codes, found, monitor);
  return found.list;
}

/** What was received does not come once more, also where it was received at last. */
function expectOnce(callbacks: readonly Delivery[], answered: boolean, found: Mismatches): void {
  if (answered) {
    found.unless(callbacks.length === 1, 'callback.once', 'the number', 'one', callbacks.length);
    return;
  }
  const received = callbacks.findIndex(({ reply }) => typeof reply === 'object' && reply.status < 300);
  const further = received < 0 ? 0 : callbacks.length - received - 1;
  found.unless(further === 0, 'callback.once', 'the number after it was received', 0, further);
}

function expectDelivery(one: Delivery, { operation }: Story, found: Mismatches): void {
  found.unless(one.method === 'POST', 'callback.post', 'the method', 'POST', one.method);
  const sent = fromKey(operation.parts.callbackUrl ?? '');
  const arrived = fromKey(`${one.path}${one.query === '' ? '' : `?${one.query}`}`);
  const cut = sent.startsWith(arrived) && /^[,;=]/.test(sent.slice(arrived.length));
  found.unless(
    arrived === sent,
    cut ? 'prefer.quoted-url' : 'callback.url-verbatim',
    'path and query',
    sent,
    arrived,
  );
  const names = one.headers.map(([name]) => name.toLowerCase());
  const added = credentialHeaders.filter((name) => names.includes(name));
  found.unless(added.length === 0, 'callback.no-credentials', 'the headers', 'free of credentials', added);
}

function expectPayload(
  payload: JsonObject,
  story: Story,
  codes: ShownCodes,
  found: Mismatches,
  monitor: JsonObject | undefined,
): void {
  const { operation } = story;
  const shown = [payload[members.state], payload[members.status]];
  const wanted = [codes.state, codes.status];
  const same = shown[0] === wanted[0] && shown[1] === wanted[1];
  found.unless(same, 'callback.codes', 'the codes', wanted, shown);
  const id = String(payload[members.id]).toLowerCase();
  found.unless(id === operation.id, 'callback.id', members.id, operation.id, payload[members.id]);
  found.unless(
    namesMonitor(payload[members.location], operation),
    'callback.location',
    members.location,
    'the monitor’s URL',
    payload[members.location],
  );
  for (const name of Object.keys(payload)) {
    if (documented.has(name)) continue;
    const output = name in (story.attempts.at(-1)?.outputs ?? {});
    const clause = output ? 'callback.no-outputs' : 'callback.only-documented-members';
    found.unless(false, clause, 'the members', `free of ${name}`, payload[name]);
  }
  if (!same) return;
  const [code, message] = [payload[members.errorCode], payload[members.errorMessage]];
  const none = code === undefined && message === undefined;
  if (!hasFailed(story))
    found.unless(none, 'callback.error-only-on-failure', 'the error', 'absent: no attempt failed', [
      code,
      message,
    ]);
  if (monitor === undefined || !hasFailed(story)) return;
  if (codes.status !== 31) {
    // Whether an error is shown that was not the end is left open, but not whether each view tells the same.
    const there = [monitor[members.errorCode], monitor[members.errorMessage]];
    const alike = code === there[0] && message === there[1];
    found.unless(alike, 'error.same-everywhere', 'the error', there, [code, message]);
    return;
  }
  const told = code !== undefined && (message !== undefined || monitor[members.errorMessage] === undefined);
  found.unless(told, 'callback.error-on-failure', 'code and message', 'there', [code, message]);
  if (told)
    found.unless(
      code === monitor[members.errorCode] && message === monitor[members.errorMessage],
      'error.same-everywhere',
      'the error',
      [monitor[members.errorCode], monitor[members.errorMessage]],
      [code, message],
    );
}
