import { pairs } from '../contract/vocabulary.ts';
import { isObject, type JsonObject } from '../harness/answer.ts';
import type { CheckTools } from '../harness/collect.ts';
import { parseJson } from '../harness/json.ts';
import { Channel } from '../harness/listener.ts';
import { readMonitor } from '../harness/reading.ts';
import { Blocked, clause, expect, Hold, NotTestable, succeed, test } from '../harness/test.ts';
import { driveToRest, monitorBody, moments } from './support/moments.ts';
import { outputsOf } from './support/outputs.ts';
import { probeOutputs, unusualTexts } from './support/probe-outputs.ts';
import { turns } from './support/race.ts';
import { sameValue } from './support/values.ts';

type Tools = Pick<CheckTools, 'submit' | 'clock' | 'target'>;

/** Demands that the outputs of an operation stand at the top level of its monitor, each under its name. */
async function expectOutputs({ submit, clock, target }: Tools, outputs?: JsonObject): Promise<void> {
  const operation = await submit({ attempts: [succeed(outputs)] });
  const body = monitorBody(await driveToRest({ clock, target }, operation));
  for (const [name, value] of outputsOf(operation))
    expect(body, name, `the output ${name} in the monitor`).toSatisfy(
      sameValue(name, value, body[name]),
      JSON.stringify(value),
    );
}

test(
  'after success the monitor MUST show each output at the top level under its name',
  clause('monitor.outputs-on-success', { branch: 'default outputs' }),
  async ({ submit, clock, target }) => {
    await expectOutputs({ submit, clock, target });
  },
);

const outputSets: Readonly<Record<string, JsonObject>> = {
  'one of every type': {
    Text: 'all types',
    Count: -7,
    Flag: true,
    Amount: 1234.5678,
    When: '2026-02-28T23:59:59Z',
    Id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  },
  'values that are easily taken for none': { Text: '', Count: 0, Flag: false, Amount: 0 },
  'the largest numbers': { Count: 2_147_483_647, Amount: 99_999_999_999.99 },
  'the smallest numbers': { Count: -2_147_483_648, Amount: -0.0001 },
  'a date with an offset': { When: '2026-03-01T01:30:00+05:30' },
};

for (const [kind, outputs] of Object.entries(outputSets)) {
  test(
    `after success the monitor MUST show ${kind}`,
    clause('monitor.outputs-on-success', { branch: kind }),
    async ({ submit, clock, target }) => {
      await expectOutputs({ submit, clock, target }, outputs);
    },
  );
}

for (const [kind, text] of Object.entries(unusualTexts)) {
  test(
    `after success the monitor MUST show a text unchanged: ${kind}`,
    clause('monitor.outputs-on-success', { branch: `text: ${kind}` }),
    async ({ submit, clock, target }) => {
      await expectOutputs({ submit, clock, target }, { Text: text });
    },
  );
}

test(
  'the monitor SHOULD show numbers and booleans as such',
  clause('monitor.output-types'),
  async ({ submit, clock, target }) => {
    const outputs = { Count: 12, Flag: false, Amount: 0.25 };
    const operation = await submit({ attempts: [succeed(outputs)] });
    const body = monitorBody(await driveToRest({ clock, target }, operation));
    for (const [name, value] of Object.entries(outputs)) {
      if (!sameValue(name, value, body[name]))
        throw new Blocked('monitor.outputs-on-success', `${name} is ${JSON.stringify(body[name])}`);
      expect(body, name, `the output ${name} in the monitor`).toBe(value);
    }
  },
);

const withoutOutputs = [
  moments.waiting,
  moments.executing,
  moments.awaitingRetry,
  moments.canceling,
  moments.failed,
  moments.canceled,
  moments.canceledBetween,
];

for (const moment of withoutOutputs) {
  test(
    `the monitor MUST NOT show output parameters ${moment.when}`,
    clause('monitor.outputs-only-on-success', moment),
    async ({ submit, clock, target }) => {
      await moment.enter({ submit, clock, target }, async (operation) => {
        const body = monitorBody(await operation.getMonitor());
        const names =
          operation.parts.play === undefined ? outputsOf(operation).map(([name]) => name) : probeOutputs;
        for (const name of names) expect(body, name, `the output ${name} ${moment.when}`).toBeAbsent();
      });
    },
  );
}

test(
  'a canceled operation MUST NOT show output parameters, though its attempt set some',
  clause('monitor.outputs-only-on-success', { branch: 'canceled during the attempt' }),
  async ({ submit, clock, target }) => {
    const hold = new Hold(1_000);
    const operation = await submit({ attempts: [hold] });
    await operation.started();
    await operation.canceled();
    const before = monitorBody(await operation.getMonitor());
    hold.release(succeed());
    const { body: after, status } = readMonitor(await driveToRest({ clock, target }, operation));
    for (const name of probeOutputs) {
      expect(before, name, `the output ${name} before completion`).toBeAbsent();
      // A target may as well call it succeeded, since the attempt did: then its outputs belong there.
      if (status !== pairs.succeeded.status)
        expect(after, name, `the output ${name} of a canceled operation`).toBeAbsent();
    }
  },
);

test(
  'the monitor of an operation that sets no outputs MUST show none of another one',
  clause('monitor.own-outputs', { branch: 'without outputs of its own' }),
  async ({ submit, clock, target }) => {
    const tools = { clock, target };
    await driveToRest(tools, await submit({ attempts: [succeed({ Text: 'of another one', Count: 7 })] }));
    const body = monitorBody(await driveToRest(tools, await submit({ attempts: [succeed({})] })));
    const shown = probeOutputs.filter((name) => (body[name] ?? null) !== null);
    expect(shown, 'the outputs in the monitor of an operation that set none', body).toEqual([]);
  },
);

test(
  'with many operations in flight each monitor MUST show its own operation',
  clause('monitor.own-outputs', { branch: 'at its end' }),
  async ({ submit, clock, target }) => {
    const texts = Array.from({ length: 24 }, (_, index) => `own outputs ${index}`);
    const [first, ...others] = await Promise.all(
      texts.map((Text) => submit({ attempts: [succeed({ Text })] })),
    );
    await first?.settled();
    // Read at once, all of them, in another order: what one operation leaves behind may be gone a moment later.
    const mixed = [...others.slice(12), ...(first === undefined ? [] : [first]), ...others.slice(0, 12)];
    const answers = await Promise.all(mixed.map(async (one) => [one, await one.getMonitor()] as const));
    const shown = new Map<string, unknown>();
    for (const [operation, answer] of answers) {
      const early = answer.object()?.['Text'] === undefined;
      const body = monitorBody(early ? await driveToRest({ clock, target }, operation) : answer);
      shown.set(operation.id, body['Text']);
    }
    const list = [first, ...others].map((operation) => shown.get(operation?.id ?? ''));
    const strange = list.find((text) => !texts.includes(String(text)));
    if (strange !== undefined || list.includes(undefined))
      throw new Blocked('monitor.outputs-on-success', `an operation shows ${JSON.stringify(strange)}`);
    expect(list, 'the outputs of 24 operations').toEqual(texts);
  },
);

test(
  'the monitor of an operation that executes MUST show no output of another',
  clause('monitor.own-outputs', { branch: 'while it executes' }),
  async ({ submit }) => {
    const hold = new Hold(1_000);
    const texts = Array.from({ length: 4 }, (_, index) => `outputs of number ${index}`);
    const pending = texts.map((Text) => submit({ attempts: [succeed({ Text })] }));
    const [executing, ...quick] = await Promise.all([submit({ attempts: [hold] }), ...pending]);
    try {
      await executing.started();
      // What another one leaves behind may be gone a moment later.
      const [body] = await Promise.all(
        [executing, ...quick].map(async (one) => monitorBody(await one.getMonitor())),
      );
      const text = body?.['Text'];
      expect(text, 'the output of an operation that still executes', body).toSatisfy(
        !texts.includes(String(text)),
        'no output of another operation',
      );
    } finally {
      hold.release(succeed());
    }
  },
);

test(
  'operations whose custom API asks the same address at the same time MUST each show their own outputs',
  clause('monitor.own-outputs', { branch: 'of one address' }),
  async ({ submit, target }) => {
    if (target.config.target.probe.kind === 'fixed')
      throw new NotTestable('needs to tell the probe whom to ask: target.probe is "fixed"');
    const payloads = ['first of one address', 'second of one address', 'third of one address'];
    const asked = new Set<unknown>();
    const channel = new Channel('probe', async ({ body }) => {
      const call = parseJson(body);
      const payload = isObject(call) ? call['payload'] : undefined;
      asked.add(payload);
      // So long that the others ask meanwhile, where they do so at the same time.
      for (let turn = 0; turn < 40 && asked.size < payloads.length; turn += 1) await turns(1);
      return { status: 200, body: JSON.stringify(succeed({ Text: String(payload) })) };
    });
    const { url, key } = target.listener.open(channel);
    try {
      const operations = await Promise.all(
        payloads.map((payload) => submit({ payload, body: { ControlUrl: url } })),
      );
      const shown: unknown[] = [];
      for (const operation of operations)
        shown.push(monitorBody((await operation.finished()).answer)['Text']);
      if ([...asked].some((payload) => typeof payload !== 'string'))
        throw new NotTestable('the probe does not tell its payload');
      const strange = shown.find((text) => !payloads.includes(String(text)));
      if (strange !== undefined || shown.includes(undefined))
        throw new Blocked('monitor.outputs-on-success', `an operation shows ${JSON.stringify(strange)}`);
      expect(shown, 'the output Text of three operations, each its own payload').toEqual(payloads);
    } finally {
      target.listener.close(key);
    }
  },
);
