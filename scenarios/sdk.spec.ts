import { randomUUID } from 'node:crypto';
import { members, messages, pairs, paths, table } from '../contract/vocabulary.ts';
import type { JsonObject } from '../harness/answer.ts';
import type { CheckTools } from '../harness/collect.ts';
import type { Parameter } from '../harness/organization-service/write.ts';
import type { Operation } from '../harness/operation.ts';
import { isTerminal, type MonitorReading } from '../harness/reading.ts';
import { Blocked, Broken, clause, expect, fail, NotReached, succeed, test } from '../harness/test.ts';
import { payloadOf } from './support/callbacks.ts';
import { expectCodes, pairText } from './support/codes.ts';
import { expectNoRowNamed } from './support/no-operation.ts';
import { findRows } from './support/rows.ts';
import { expectFault, expectResults, expectRow, expectTyped } from './support/soap.ts';
import { sameValue } from './support/values.ts';
import { comes } from './support/waiting.ts';

test(
  'ExecuteBackgroundOperation MUST return the id as a Guid and the monitor as a String',
  clause('sdk.outputs'),
  async ({ sdk, client, target }) => {
    for (const callback of target.offers.callbacks ? [false, true] : [false]) {
      const { soap } = await sdk.call({ callback });
      const results = expectResults(soap, 'ExecuteBackgroundOperation');
      const id = String(expectTyped(results, 'BackgroundOperationId', 'guid')).toLowerCase();
      const location = String(expectTyped(results, 'Location', 'string'));
      const monitor = new RegExp(`^https?://[^/]+${paths.monitor}${id}(?:[?].*)?$`, 'i');
      const subject = callback ? 'Location where a callback is asked for' : 'Location';
      expect(location, subject, soap).toMatch(monitor, `the URL of the monitor of ${id}`);
      const answer = await client.monitor({ method: 'GET', path: location });
      expect(answer, 'status', 'the status of GET of Location').toBe(200);
    }
  },
);

/** Demands that an operation ends, where one of the Web API does. */
async function expectEnd(
  { submit }: Pick<CheckTools, 'submit'>,
  operation: Operation,
): Promise<MonitorReading> {
  const reading = await operation.settled();
  if (isTerminal(reading)) return reading;
  const usual = await (await submit()).settled();
  if (!isTerminal(usual)) throw new Blocked('state.succeeded', pairText(usual));
  throw new Broken('the operation after all this time', 'its end', pairText(reading));
}

test(
  'an operation of the organization service MUST show itself in monitor, row and probe',
  clause('sdk.same-operation', { branch: 'in monitor, row and probe' }),
  async ({ sdk, submit, target }) => {
    const operation = await sdk.submit();
    const reading = await expectEnd({ submit }, operation);
    expectCodes(reading, 'the monitor at the end', pairs.succeeded);
    for (const [name, value] of Object.entries(operation.outputs))
      expect(reading.body, name, `the output ${name} of the monitor`).toSatisfy(
        sameValue(name, value, reading.body[name]),
        'what the custom API set',
      );
    if (operation.parts.play !== undefined)
      expect(operation.attempts, 'length', 'the executions of the custom API').toBe(1);
    for (const { backgroundOperationId: id } of operation.parts.play?.attempts[0]?.calls ?? [])
      if (id !== undefined) expect(id, 'the id that the custom API was given').toBe(operation.id);
    if (!target.offers.table) return;
    try {
      const row = await operation.rowWhen(({ state }) => state === 3);
      expectCodes(row, 'the row at the end', pairs.succeeded);
    } catch (error) {
      if (!(error instanceof NotReached)) throw error;
      // Where no operation has a row, that is no matter of the organization service.
      const usual = await submit();
      await usual.finished();
      await usual.row();
      throw new Broken('the row of the operation', 'one', error.why);
    }
  },
);

test(
  'an operation of the organization service MUST NOT be executed at once',
  clause('sdk.same-operation', { branch: 'in the background', needs: ['sdk', 'probe', 'clock'] }),
  async ({ sdk, submit }) => {
    const usual = await submit();
    if (usual.attempts.length > 0)
      throw new NotReached('submit.does-not-wait', 'it was executed before the clock had moved');
    const operation = await sdk.submit();
    expect(operation.attempts, 'length', 'the executions before the clock has moved').toBe(0);
  },
);

test(
  'an operation of the organization service MUST be retried',
  clause('sdk.same-operation', { branch: 'with retries', needs: ['sdk', 'probe', 'clock', 'slow'] }),
  async ({ sdk, submit }) => {
    const attempts = [fail(), succeed()];
    const operation = await sdk.submit({ attempts });
    await expectEnd({ submit }, operation);
    if (operation.attempts.length < 2) {
      const usual = await submit({ attempts });
      await usual.settled();
      if (usual.attempts.length < 2)
        throw new Blocked('retry.on-error', 'the Web API’s is not retried either');
    }
    expect(operation.attempts, 'length', 'the attempts').toBe(2);
  },
);

test(
  'Retrieve MUST see an operation that the Web API started',
  clause('sdk.same-operation', { branch: 'begun by the Web API' }),
  async ({ sdk, submit }) => {
    const operation = await submit();
    const reading = await operation.finished();
    const row = await expectRow(sdk, operation, { codes: reading });
    expect(row.id, 'Id of the row').toBe(operation.id);
  },
);

test(
  'an operation of the organization service MUST raise the event',
  clause('sdk.same-operation', { branch: 'in events', needs: ['sdk', 'probe', 'event'] }),
  async ({ sdk, submit, events, target }) => {
    await events.subscribe();
    const operation = await sdk.submit();
    await expectEnd({ submit }, operation);
    const came = await comes(target, () => events.deliveriesOf(operation.id).length > 0);
    if (!came) {
      const usual = await submit();
      await usual.finished();
      if (!(await comes(target, () => events.deliveriesOf(usual.id).length > 0)))
        throw new Blocked('event.each-completion', 'none comes for an operation of the Web API either');
    }
    expect(events.deliveriesOf(operation.id), 'length', 'the calls of the webhook').toSatisfy(came, 'one');
  },
);

/** Further path and query of CallbackUri: what parsers of addresses and of XML like to write in another way. */
const suffix = "/a/./b/../c%2fd/(it's)/~x?sig=a%2Bb&amp=1&lt;=2&q='*'";

for (const [branch, attempts, callbackFirst] of [
  ['after success', [succeed()], false],
  ['after failure', [fail()], false],
  ['that stands before Request', [succeed()], true],
] as const)
  test(
    `a callback MUST come to CallbackUri ${branch}`,
    clause('sdk.callback-uri', {
      branch,
      needs: [
        'sdk',
        'probe',
        'callback',
        ...(branch === 'after failure' ? (['clock', 'slow'] as const) : []),
      ],
    }),
    async ({ sdk, submit, target }) => {
      const options = { attempts, callback: { suffix } };
      const operation = await sdk.submit({ ...options, callbackFirst });
      const end = await operation.finished();
      const came = await comes(target, () => operation.callbacks.length > 0);
      if (!came) {
        const usual = await submit(options);
        await usual.finished();
        if (!(await comes(target, () => usual.callbacks.length > 0)))
          throw new Blocked('callback.on-success', 'none comes for an operation of the Web API either');
      }
      expect(operation.callbacks, 'length', 'the number of callbacks').toSatisfy(came, 'one');
      const [callback] = operation.callbacks;
      if (callback === undefined) return;
      const arrived = `${callback.path}?${callback.query}`;
      expect(arrived, 'path and query of the callback', callback).toSatisfy(
        arrived.endsWith(suffix),
        `an end with ${suffix}`,
      );
      const payload = payloadOf(callback);
      expect(String(payload[members.id]).toLowerCase(), members.id, payload).toBe(operation.id);
      expect(payload, members.status, members.status).toBe(end.status);
    },
  );

/** The rows of a few seconds of virtual time that are not the suite's: their inputs do not name its listener. */
async function unknownRows(
  { client, target }: Pick<CheckTools, 'client' | 'target'>,
  since: number,
): Promise<JsonObject[]> {
  // A target may keep whole seconds.
  const filter = `createdon ge ${new Date(since - 1_000).toISOString()}`;
  const rows = await findRows(client, filter, [table.key, 'createdon', 'inputparameters']);
  const { host } = new URL(target.listener.base);
  return rows.filter(({ inputparameters }) => !String(inputparameters).includes(host));
}

const withoutRequest: Readonly<Record<string, Readonly<Record<string, Parameter>>>> = {
  'no Request': {},
  'a Request that is nil': { Request: null },
  'a CallbackUri alone': { CallbackUri: { type: 'string', value: 'http://127.0.0.1:9/none' } },
};

for (const [branch, parameters] of Object.entries(withoutRequest))
  test(
    `ExecuteBackgroundOperation with ${branch} MUST be a fault`,
    clause('sdk.request-required', { branch }),
    async ({ sdk, client, clock, target }) => {
      const since = clock.virtual ? await clock.advance(5_000) : undefined;
      expectFault(await sdk.execute({ name: messages.execute, parameters }), `it with ${branch}`);
      if (since === undefined || !target.offers.table) return;
      await clock.advance(5_000);
      const made = await unknownRows({ client, target }, since);
      expect(made.length, `the operations that came of it with ${branch}`, made[0]).toBe(0);
    },
  );

test(
  'an ExecuteBackgroundOperation within another MUST NOT become an operation',
  clause('sdk.only-custom-api', { branch: 'itself' }),
  async ({ sdk, target }) => {
    const { probe } = target.config.target;
    const parameters: Record<string, Parameter> =
      probe.kind === 'fixed' ? {} : { ControlUrl: { type: 'string', value: 'http://127.0.0.1:9/none' } };
    const inner = { name: probe.kind === 'fixed' ? messages.whoAmI : probe.customApi, parameters };
    const value = {
      name: messages.execute,
      parameters: { Request: { type: 'request', value: inner } },
    } as const;
    const soap = await sdk.execute({
      name: messages.execute,
      parameters: { Request: { type: 'request', value } },
    });
    const id = soap.results()?.get('BackgroundOperationId');
    expect(id?.value, `BackgroundOperationId for ${messages.execute} itself`, soap).toBeAbsent();
  },
);

const notCustom: Readonly<Record<string, { name: () => string; className?: string }>> = {
  'a message of the platform': { name: () => messages.whoAmI },
  'a message that does not exist': { name: () => `bgop_NoSuchApi_${randomUUID().slice(0, 8)}` },
};

for (const [branch, { name }] of Object.entries(notCustom))
  test(
    `${branch} MUST NOT become an operation`,
    clause('sdk.only-custom-api', { branch }),
    async ({ sdk, client, clock, target }) => {
      const called = name();
      await expectNoRowNamed({ client, clock, target }, called, async () => {
        const value = { name: called, parameters: {} };
        const soap = await sdk.execute({
          name: messages.execute,
          parameters: { Request: { type: 'request', value } },
        });
        const id = soap.results()?.get('BackgroundOperationId');
        expect(id?.value, `BackgroundOperationId for ${branch}`, soap).toBeAbsent();
      });
    },
  );
