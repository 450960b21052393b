import { headers, messages } from '../contract/vocabulary.ts';
import type { Operation } from '../harness/operation.ts';
import type { ShownCodes } from '../harness/reading.ts';
import { Blocked, clause, expect, test } from '../harness/test.ts';
import { announced } from './support/announcements.ts';
import { namesMonitor } from './support/callbacks.ts';
import { webhookHeader, namesEnvironment } from './support/webhook-headers.ts';
import { completions } from './support/completions.ts';
import { comes, passes, watches } from './support/waiting.ts';

for (const { when, needs, reach, certain } of Object.values(completions)) {
  const branch = when;

  test(
    certain ? `a subscribed webhook MUST be called ${when}` : `a subscribed webhook SHOULD be called ${when}`,
    clause(certain ? 'event.each-completion' : 'event.on-cancel', { branch, needs: [...needs, 'event'] }),
    async ({ submit, clock, target, events }) => {
      await events.subscribe();
      const operation = await reach({ submit, clock, target });
      const came = await comes(target, () => events.deliveriesOf(operation.id).length > 0);
      if (!came && target.offers.callbacks) {
        const asking = await reach({ submit, clock, target }, { callback: true });
        if (await comes(target, () => events.deliveriesOf(asking.id).length > 0))
          throw new Blocked('event.independent-of-callback', 'it is called where a callback was asked for');
      }
      expect(events.deliveriesOf(operation.id), 'length', `the calls of the webhook ${when}`).toSatisfy(
        came,
        'one',
      );
    },
  );

  test(
    `a completion SHOULD be told once when the receiver answers 2xx, ${when}`,
    clause('event.once', { branch, needs: [...needs, 'event'] }),
    async ({ submit, clock, target, events }) => {
      await events.subscribe();
      const operation = await reach({ submit, clock, target });
      await announced(operation, events, target, { certain });
      const again = (): boolean => events.deliveriesOf(operation.id).length > 1;
      await (when === 'after success' ? watches(target, again) : passes(target));
      expect(events.deliveriesOf(operation.id), 'length', 'the calls of the webhook').toBe(1);
    },
  );

  test(
    `MessageName in the context MUST be ${messages.complete}, ${when}`,
    clause('event.message-name', { branch, needs: [...needs, 'event'] }),
    async ({ submit, clock, target, events }) => {
      await events.subscribe();
      const operation = await reach({ submit, clock, target });
      for (const { delivery, body } of await announced(operation, events, target, { certain }))
        expect(body['MessageName'], 'MessageName', delivery).toBe(messages.complete);
    },
  );

  test(
    `the headers of the webhook SHOULD name message and environment, ${when}`,
    clause('event.headers', { branch, needs: [...needs, 'event'] }),
    async ({ submit, clock, target, events }) => {
      await events.subscribe();
      const operation = await reach({ submit, clock, target });
      for (const { delivery } of await announced(operation, events, target, { certain })) {
        const name = webhookHeader(delivery, headers.requestName);
        expect(name, headers.requestName, delivery).toBe(messages.complete);
        const organization = webhookHeader(delivery, headers.organization);
        expect(organization, headers.organization, delivery).toSatisfy(
          namesEnvironment(organization, target.url),
          `the domain name of the environment, as ${new URL(target.url).hostname}`,
        );
      }
    },
  );

  test(
    `InputParameters MUST hold PayloadType, LocationUrl and BackgroundOperationId, ${when}`,
    clause('event.inputs', { branch, needs: [...needs, 'event'] }),
    async ({ submit, clock, target, events }) => {
      await events.subscribe();
      const operation = await reach({ submit, clock, target });
      for (const { delivery, inputs } of await announced(operation, events, target, { certain })) {
        expect(inputs.get('PayloadType'), 'PayloadType', delivery).toBe(0);
        const location = inputs.get('LocationUrl');
        expect(location, 'LocationUrl', delivery).toSatisfy(
          namesMonitor(location, operation),
          `the URL of the monitor, as ${operation.parts.monitorUrl}`,
        );
        const id = inputs.get('BackgroundOperationId');
        expect(String(id).toLowerCase(), 'BackgroundOperationId', delivery).toBe(operation.id);
      }
    },
  );

  test(
    `OutputParameters MUST hold OperationName and both codes, terminal, ${when}`,
    clause('event.outputs', { branch, needs: [...needs, 'event'] }),
    async ({ submit, clock, target, events }) => {
      await events.subscribe();
      const operation = await reach({ submit, clock, target });
      const { probe } = target.config.target;
      const fixed = probe.kind === 'fixed' ? [probe.succeeds.name, probe.fails?.name] : [probe.customApi];
      const { status } = await operation.monitor();
      for (const { delivery, outputs } of await announced(operation, events, target, { certain })) {
        expect(outputs.get('OperationName'), 'OperationName', delivery).toBeOneOf(fixed);
        expect(outputs.get('BackgroundOperationStateCode'), 'BackgroundOperationStateCode', delivery).toBe(3);
        expect(outputs.get('BackgroundOperationStatusCode'), 'BackgroundOperationStatusCode', delivery).toBe(
          status,
        );
      }
    },
  );
}

for (const status of [202, 204]) {
  test(
    `a completion SHOULD be told once when the receiver answers ${status}`,
    clause('event.once', { branch: `the receiver answers ${status}`, needs: ['probe', 'event'] }),
    async ({ submit, clock, target, events }) => {
      await events.subscribe();
      events.status = status;
      try {
        const operation = await completions.success.reach({ submit, clock, target });
        await announced(operation, events, target, completions.success);
        await passes(target);
        expect(events.deliveriesOf(operation.id), 'length', 'the calls of the webhook').toBe(1);
      } finally {
        events.status = 200;
      }
    },
  );
}

for (const { when, needs, reach, certain } of [
  completions.success,
  completions.failure,
  completions.canceledWaiting,
]) {
  const level = certain ? 'MUST NOT' : 'SHOULD NOT';
  test(
    `the event ${level} come before the operation is at its end, ${when}`,
    clause(certain ? 'event.each-completion' : 'event.on-cancel', {
      branch: `not before the end, ${when}`,
      needs: [...needs, 'event'],
    }),
    async ({ submit, clock, target, events }) => {
      await events.subscribe();
      const readings: ShownCodes[] = [];
      let watched: Operation | undefined;
      events.onArrival = async ({ body }) => {
        if (watched === undefined || !body.toLowerCase().includes(watched.id)) return;
        // What the monitor answers wrongly is for its own checks: the event has come all the same.
        const reading = await watched.monitor().catch(() => undefined);
        if (reading !== undefined) readings.push(reading);
      };
      try {
        const operation = await reach({
          submit: async (options) => (watched = await submit(options)),
          clock,
          target,
        });
        await announced(operation, events, target, { certain });
        const { state, status } = await operation.monitor();
        if (state !== 3)
          throw new Blocked('state.legal-history', `at rest the monitor shows (${state},${status})`);
      } finally {
        events.onArrival = undefined;
      }
      for (const { state, status } of readings)
        expect(state, `the state on the event’s arrival, with status ${status}`).toBe(3);
    },
  );
}

test(
  'the completion of an operation of another user MUST be told of',
  clause('event.each-completion', { branch: 'of another user', needs: ['probe', 'event', 'other'] }),
  async ({ submit, target, events }) => {
    await events.subscribe();
    const operation = await submit({ as: 'other' });
    await operation.finished();
    const came = await comes(target, () => events.deliveriesOf(operation.id).length > 0);
    expect(events.deliveriesOf(operation.id), 'length', 'the calls of the webhook').toSatisfy(came, 'one');
  },
);

test(
  'each of several operations that end at one time MUST be told of',
  clause('event.each-completion', { branch: 'several at one time', needs: ['probe', 'event'] }),
  async ({ submit, target, events }) => {
    await events.subscribe();
    const operations = await Promise.all([1, 2, 3, 4, 5].map(() => submit()));
    for (const operation of operations) await operation.finished();
    for (const { id } of operations) {
      const came = await comes(target, () => events.deliveriesOf(id).length > 0);
      expect(events.deliveriesOf(id), 'length', `the calls of the webhook for ${id}`).toSatisfy(came, 'one');
    }
  },
);

for (const [branch, callback] of [
  ['without a callback', false],
  ['with a callback', true],
  ['with a callback whose receiver answers 500', { replies: [{ status: 500 }] }],
  ['with a callback whose receiver cuts the connection', { replies: ['cut'] }],
] as const) {
  test(
    `the event MUST come ${branch}`,
    clause('event.independent-of-callback', { branch }),
    async ({ submit, target, events }) => {
      await events.subscribe();
      const operation = await submit({ callback });
      const other = await submit({ callback: callback === false });
      for (const one of [operation, other]) await one.finished();
      const told = ({ id }: Operation): number => events.deliveriesOf(id).length;
      const came = await comes(target, () => told(operation) > 0);
      if (!came && told(other) === 0)
        throw new Blocked('event.each-completion', 'no event came, whether a callback was asked for or not');
      expect(told(operation), `the calls of the webhook ${branch}`).toSatisfy(came, 'one');
    },
  );
}

test(
  'the callback MUST come although the event is subscribed to',
  clause('event.independent-of-callback', { branch: 'the callback beside it' }),
  async ({ submit, target, events }) => {
    await events.subscribe();
    const operation = await submit({ callback: true });
    await operation.finished();
    const both = (): boolean =>
      operation.callbacks.length > 0 && events.deliveriesOf(operation.id).length > 0;
    const came = await comes(target, both);
    expect(
      { callbacks: operation.callbacks.length, events: events.deliveriesOf(operation.id).length },
      'what came of one completion',
    ).toSatisfy(came, 'one of each');
  },
);

test(
  'InputParameters MUST hold the same PayloadType and LocationUrl where a callback was asked for',
  clause('event.inputs', { branch: 'with a callback', needs: ['probe', 'event', 'callback'] }),
  async ({ submit, clock, target, events }) => {
    await events.subscribe();
    const operation = await completions.success.reach({ submit, clock, target }, { callback: true });
    for (const { delivery, inputs } of await announced(operation, events, target, completions.success)) {
      expect(inputs.get('PayloadType'), 'PayloadType', delivery).toBe(0);
      const location = inputs.get('LocationUrl');
      expect(location, 'LocationUrl', delivery).toSatisfy(
        namesMonitor(location, operation),
        `the URL of the monitor, as ${operation.parts.monitorUrl}`,
      );
    }
  },
);
