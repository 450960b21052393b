import { members } from '../contract/vocabulary.ts';
import { isObject } from '../harness/answer.ts';
import { parseJson } from '../harness/json.ts';
import { show } from '../harness/expect.ts';
import { isTerminal, type MonitorReading } from '../harness/reading.ts';
import { Blocked, clause, expect, succeed, test } from '../harness/test.ts';
import { calledBackAtAnyEnd } from './support/any-end.ts';
import { calledBack, namesMonitor, payloadOf } from './support/callbacks.ts';
import { completions } from './support/completions.ts';
import { expectJsonObject } from './support/json-body.ts';
import { monitorBody } from './support/moments.ts';
import { outputsOf, requireOutputs } from './support/outputs.ts';
import { sameValue } from './support/values.ts';

const documented: ReadonlySet<string> = new Set<string>(Object.values(members));

test('the payload MUST be a JSON object', clause('callback.json'), async ({ submit, target, clock }) => {
  const operation = await calledBackAtAnyEnd({ submit, clock, target });
  for (const { body } of operation.callbacks) expectJsonObject(body, 'the body of the callback');
});

test('the payload MUST carry the id of its operation', clause('callback.id'), async ({ tools }) => {
  const operations = await Promise.all([1, 2, 3].map(() => calledBackAtAnyEnd(tools)));
  for (const operation of operations) {
    for (const delivery of operation.callbacks) {
      const id = payloadOf(delivery)[members.id];
      expect(id, `${members.id} in the callback`, delivery).toBeString();
      expect(String(id).toLowerCase(), `${members.id} in the callback`, delivery).toBe(operation.id);
    }
  }
});

for (const { when, needs, reach } of [completions.success, completions.failure]) {
  test(
    `location in the payload MUST be the monitor’s URL, ${when}`,
    clause('callback.location', { branch: when, needs: [...needs, 'callback'] }),
    async ({ submit, target, clock }) => {
      const operation = await reach({ submit, clock, target }, { callback: true });
      for (const delivery of await calledBack(operation, target)) {
        const location = payloadOf(delivery)[members.location];
        expect(location, `${members.location} in the callback`, delivery).toSatisfy(
          namesMonitor(location, operation),
          `the URL of the monitor, as ${operation.parts.monitorUrl}`,
        );
      }
    },
  );
}

test(
  'GET of the location in the payload MUST give the outputs',
  clause('callback.location', { branch: 'read' }),
  async ({ submit, target, client, clock }) => {
    const operation = await completions.success.reach({ submit, clock, target }, { callback: true });
    const { outputs } = await operation.monitor();
    for (const [name, value] of outputsOf(operation))
      if (!sameValue(name, value, outputs[name])) {
        await requireOutputs({ submit, clock, target });
        throw new Blocked(
          'monitor.outputs-on-success',
          `the monitor shows ${name} as ${show(outputs[name])}`,
        );
      }
    for (const delivery of await calledBack(operation, target)) {
      const location = payloadOf(delivery)[members.location];
      expect(location, 'location in the payload', delivery).toBeString();
      const answer = await client.monitor({ method: 'GET', path: String(location) });
      const usual = await operation.getMonitor();
      monitorBody(usual);
      expect(answer, 'status', `the status of GET of ${String(location)}`).toBe(usual.status);
      const found = monitorBody(answer);
      for (const [name, value] of Object.entries(operation.outputs)) {
        const shown = found[name];
        if (!sameValue(name, value, shown)) await requireOutputs({ submit, clock, target });
        expect(shown, `${name} at that location`, found).toSatisfy(
          sameValue(name, value, shown),
          JSON.stringify(value),
        );
      }
    }
  },
);

for (const { when, needs, reach, certain } of Object.values(completions)) {
  test(
    `both codes in the payload MUST be integers, equal to the monitor’s, ${when}`,
    clause('callback.codes', { branch: when, needs: [...needs, 'callback'] }),
    async ({ submit, target, clock }) => {
      const readings: MonitorReading[] = [];
      const look = async (one: { monitor(): Promise<MonitorReading> }): Promise<void> =>
        void readings.push(await one.monitor());
      const operation = await reach({ submit, clock, target }, { callback: { onArrival: look } });
      for (const [index, delivery] of (await calledBack(operation, target, { certain })).entries()) {
        const payload = payloadOf(delivery);
        expect(payload, members.state, `${members.state} in the callback`).toBeInteger();
        expect(payload, members.status, `${members.status} in the callback`).toBeInteger();
        const onArrival = readings[index];
        // One that comes early tells what will be, which callback.after-completion judges.
        const early = onArrival !== undefined && !isTerminal(onArrival);
        const shown = onArrival === undefined || early ? await operation.monitor() : onArrival;
        if (early && payload[members.state] !== shown.state)
          throw new Blocked('callback.after-completion', onArrival.answer.describe());
        expect(payload, members.state, `${members.state} in the callback`).toBe(shown.state);
        expect(payload, members.status, `${members.status} in the callback`).toBe(shown.status);
      }
    },
  );

  test(
    `the payload SHOULD hold nothing but the six documented members, ${when}`,
    clause('callback.only-documented-members', { branch: when, needs: [...needs, 'callback'] }),
    async ({ submit, target, clock }) => {
      const operation = await reach({ submit, clock, target }, { callback: true });
      for (const delivery of await calledBack(operation, target, { certain })) {
        const payload = payloadOf(delivery);
        // One under another name is missing first of all.
        if (payload[members.id] === undefined) throw new Blocked('callback.id', delivery.body);
        if (payload[members.location] === undefined) throw new Blocked('callback.location', delivery.body);
        const further = Object.keys(payload).filter((name) => !documented.has(name));
        expect(further, 'the undocumented members of the callback', payload).toEqual([]);
      }
    },
  );
}

test(
  'no output parameter MUST be in the payload, however deep',
  clause('callback.no-outputs'),
  async ({ submit, target }) => {
    const text = `bgop-output-${crypto.randomUUID()}`;
    const attempts = [succeed({ Text: text, Count: 31_415, Flag: true })];
    const operation = await submit({ callback: true, attempts });
    await operation.finished();
    for (const callback of await calledBack(operation, target)) {
      const { body } = callback;
      expect(callback, 'body', 'the callback').toSatisfy(
        !body.includes(text),
        'one without the text of an output',
      );
      expect(callback, 'body', 'the callback').toSatisfy(
        Object.keys(operation.outputs).every((name) => !mentions(parseJson(body), name)),
        'one without the name of an output',
      );
    }
  },
);

test(
  'no output parameter MUST be in the payload after a plain success',
  clause('callback.no-outputs', { branch: 'a plain success' }),
  async ({ submit, target, clock }) => {
    const operation = await completions.success.reach({ submit, clock, target }, { callback: true });
    for (const callback of await calledBack(operation, target)) {
      const { body } = callback;
      for (const [name] of outputsOf(operation))
        expect(callback, 'body', 'the callback').toSatisfy(
          !mentions(parseJson(body), name),
          `one without ${name}`,
        );
    }
  },
);

/** Whether a value has a member of that name, or a Key/Value pair for it, at any depth. */
function mentions(value: unknown, name: string): boolean {
  if (typeof value === 'string') return mentions(nested(value), name);
  if (Array.isArray(value)) return value.some((one) => mentions(one, name));
  if (!isObject(value)) return false;
  return Object.entries(value).some(
    ([key, inner]) =>
      key.toLowerCase() === name.toLowerCase() ||
      (key.toLowerCase() === 'key' && inner === name) ||
      mentions(inner, name),
  );
}

/** What a text holds, where it is an object or array in JSON itself. */
function nested(text: string): unknown {
  return /^\s*[[{]/.test(text) ? parseJson(text) : undefined;
}
