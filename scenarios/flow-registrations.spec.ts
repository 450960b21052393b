import { isObject, type Answer, type JsonObject } from '../harness/answer.ts';
import type { Client } from '../harness/client.ts';
import { parseJson } from '../harness/json.ts';
import { isTerminal } from '../harness/reading.ts';
import { createdId, deleteRegisteredRow } from '../harness/rows.ts';
import { clause, expect, Hold, NotTestable, succeed, test, Undecided } from '../harness/test.ts';
import { requireOneCallback } from './support/callbacks.ts';
import { completions } from './support/completions.ts';
import {
  registrationsPath,
  subscriptionBody,
  toldOf,
  withReceiver,
  withRegistration,
  type FlowSubscription,
} from './support/registration.ts';
import { collectionPath } from './support/table-rows.ts';
import { comes, passes } from './support/waiting.ts';

/** The codes of an error, as an observation tells them. */
function refusal(answer: Answer): string {
  const { error } = answer.object() ?? {};
  const { code, message } = isObject(error) ? error : {};
  const privilege = typeof message === 'string' ? /prv\w+/.exec(message)?.[0] : undefined;
  const said = privilege === undefined ? '' : `, naming ${privilege}`;
  return `${answer.status}${typeof code === 'string' ? ` ${code}` : ''}${said}`;
}

test(
  'the creation of a callback registration MAY be answered in several ways',
  clause('flow.registration'),
  async ({ client, target, events, observe }) => {
    await withReceiver({ target }, async (url) => {
      const body = subscriptionBody(url, events.runId);
      const answer = await client.api('POST', registrationsPath, {
        headers: [['Consistency', 'Strong']],
        body,
      });
      const id = createdId(answer);
      if (id !== undefined)
        events.registrations.discard(events.registrations.keep({ set: registrationsPath, id }));
      const named = ['Location', 'OData-EntityId'].filter((name) => answer.header(name) !== undefined);
      observe(
        answer.ok
          ? `it is answered ${answer.status} with ${named.join(' and ') || 'no address'}`
          : `it is refused: ${refusal(answer)}`,
      );
    });
  },
);

test(
  'a user without privileges MAY be refused in several ways',
  clause('flow.registration-privilege'),
  async ({ as, target, events, observe }) => {
    await withReceiver({ target }, async (url) => {
      const client = as('unprivileged');
      const body = subscriptionBody(url, events.runId);
      const answer = await client.api('POST', registrationsPath, { body });
      const id = createdId(answer);
      if (id !== undefined)
        events.registrations.discard(events.registrations.keep({ set: registrationsPath, id }));
      observe(answer.ok ? 'such a user may create one' : `such a user is refused: ${refusal(answer)}`);
    });
  },
);

/** Demands that an answer, read as JSON, does not contain a URL. */
function expectNoUrl(answer: Answer, url: string, what: string): void {
  const { pathname } = new URL(url);
  const found = JSON.stringify(answer.object() ?? {}).includes(pathname);
  expect(found ? 'the url' : 'no url', what).toBe('no url');
}

test(
  'the url of a callback registration MUST NOT be read back from its row',
  clause('flow.url-write-only', { branch: 'from the row' }),
  async ({ client, target, events }) => {
    await withRegistration({ client, target, events }, async ({ row, url }) => {
      const resource = `${registrationsPath}(${row.id})`;
      const whole = await client.api('GET', resource);
      expectNoUrl(whole, url, 'what GET of the row gives');
      const selected = await client.api('GET', `${resource}?$select=url`);
      expectNoUrl(selected, url, 'what GET of the row with $select=url gives');
      if (!whole.ok) throw new Undecided(`the row cannot be read: ${whole.describe()}`);
    });
  },
);

test(
  'the url of a callback registration MUST NOT be read back from the collection',
  clause('flow.url-write-only', { branch: 'from the collection' }),
  async ({ client, target, events }) => {
    await withRegistration({ client, target, events }, async ({ row, url }) => {
      const $filter = `callbackregistrationid eq ${row.id}`;
      const answer = await client.api('GET', collectionPath({ $filter }, registrationsPath));
      expectNoUrl(answer, url, 'what GET of the collection gives');
      const selected = await client.api(
        'GET',
        collectionPath({ $select: 'url', $filter }, registrationsPath),
      );
      expectNoUrl(selected, url, 'what GET of the collection with $select=url gives');
      if (!answer.ok) throw new Undecided(`the collection cannot be read: ${answer.describe()}`);
    });
  },
);

test(
  'the url of a callback registration MUST NOT come back with return=representation',
  clause('flow.url-write-only', { branch: 'when it is created' }),
  async ({ client, target, events }) => {
    await withReceiver({ target }, async (url) => {
      const answer = await client.api('POST', registrationsPath, {
        headers: [['Prefer', 'return=representation']],
        body: subscriptionBody(url, events.runId),
      });
      const { callbackregistrationid: shown } = answer.object() ?? {};
      const id = createdId(answer) ?? (typeof shown === 'string' ? shown : undefined);
      if (id !== undefined)
        events.registrations.discard(events.registrations.keep({ set: registrationsPath, id }));
      // An error may quote what was sent.
      if (!answer.ok) throw new Undecided(`it could not be created: ${answer.describe()}`);
      expectNoUrl(answer, url, 'what POST with return=representation gives');
    });
  },
);

test(
  'completions MAY be told to another url once it was changed',
  clause('flow.url-changed'),
  async ({ submit, client, target, events, observe }) => {
    await withRegistration({ client, target, events }, async ({ row, body, of }) => {
      await withReceiver({ target }, async (url, ofNew) => {
        const answer = await client.api('PATCH', `${registrationsPath}(${row.id})`, {
          body: { ...body, url },
        });
        if (!answer.ok) return observe(`a change of the url is refused: ${refusal(answer)}`);
        const operation = await submit();
        await operation.settled();
        const { id } = operation;
        await comes(target, () => of(id).length + ofNew(id).length > 0);
        observe(
          ofNew(id).length > 0
            ? 'completions are told to the new url'
            : of(id).length > 0
              ? 'completions are still told to the old url'
              : 'completions are told to neither url',
        );
      });
    });
  },
);

/** The form of what a registration is told, as an observation tells it. */
function formOf(body: JsonObject): string {
  const inputs = body['InputParameters'];
  const form = Array.isArray(inputs)
    ? 'lists of key and value'
    : isObject(inputs)
      ? 'plain objects'
      : undefined;
  return `${Object.keys(body).join(', ')}${form === undefined ? '' : `; parameters as ${form}`}`;
}

for (const { when, needs, reach } of [
  completions.success,
  completions.failure,
  completions.canceledWaiting,
]) {
  test(
    `a callback registration MAY be told of a completion ${when}`,
    clause('flow.event', { branch: when, needs: [...needs, 'callback-registration'] }),
    async ({ submit, clock, client, target, events, observe }) => {
      await withRegistration({ client, target, events }, async ({ of }) => {
        const operation = await reach({ submit, clock, target });
        await comes(target, () => of(operation.id).length > 0);
        const [first] = of(operation.id);
        const body = first === undefined ? undefined : parseJson(first.body);
        observe(
          first === undefined
            ? `it is not told ${when}`
            : `it is told ${when}: ${isObject(body) ? formOf(body) : 'not a JSON object'}`,
        );
      });
    },
  );
}

test(
  'a callback registration SHOULD be told of a completion once',
  clause('flow.event-once'),
  async ({ submit, client, target, events }) => {
    await withRegistration({ client, target, events }, async (subscription) => {
      const operation = await submit();
      await operation.settled();
      await toldOf(operation, subscription, target);
      await passes(target);
      const { length } = subscription.of(operation.id);
      if (length > 1 && target.offers.callbacks) await requireOneCallback({ submit, target });
      expect(length, 'the calls of the url').toBe(1);
    });
  },
);

test(
  'nothing more MUST come after the callback registration is deleted',
  clause('flow.unsubscribe'),
  async ({ submit, client, target, events }) => {
    await withRegistration({ client, target, events }, async (subscription) => {
      const before = await submit();
      const end = await before.settled();
      await toldOf(before, subscription, target);
      await passes(target);
      await remove(client, subscription.row.id);
      // What was told twice, or was on its way, came before.
      const { length: told } = subscription.of(before.id);
      const after = await submit();
      // Where what was told of showed no end, the other one need not either.
      await (isTerminal(end) ? after.finished() : after.settled());
      await passes(target);
      expect(subscription.of(after.id).length, 'the calls after the deletion').toBe(0);
      const again = subscription.of(before.id).length - told;
      expect(again, 'the further calls for what had ended before the deletion').toBe(0);
    });
  },
);

test(
  'nothing MUST come for an operation that ends after the callback registration is deleted',
  clause('flow.unsubscribe', { branch: 'deleted while an operation executes' }),
  async ({ submit, clock, client, target, events }) => {
    await withRegistration({ client, target, events }, async (subscription) => {
      const hold = new Hold(1_000);
      const operation = await submit({ attempts: [hold] });
      try {
        await operation.started();
        // What happens in one millisecond has no order.
        if (clock.virtual) await clock.advance(3_000);
        await remove(client, subscription.row.id);
      } finally {
        hold.release(succeed());
      }
      await operation.finished();
      await passes(target);
      expect(subscription.of(operation.id).length, 'the calls after the deletion').toBe(0);
    });
  },
);

test(
  'a callback registration that failed MUST not be called again after it is deleted',
  clause('flow.unsubscribe', {
    branch: 'deleted after a failed call',
    needs: ['probe', 'clock', 'callback-registration'],
  }),
  async ({ submit, client, target, events }) => {
    const look = async (subscription: FlowSubscription): Promise<void> => {
      const operation = await submit();
      await operation.finished();
      await toldOf(operation, subscription, target);
      await remove(client, subscription.row.id);
      // What was on its way comes by then.
      for (let read = 0; read < 3; read += 1) await operation.monitor();
      const { length: told } = subscription.of(operation.id);
      await passes(target);
      expect(subscription.of(operation.id).length, 'the calls after the deletion').toBe(told);
    };
    await withRegistration({ client, target, events }, look, [503]);
  },
);

/** Deletes a registration; the check is undecided where the target refuses. */
async function remove(client: Client, id: string): Promise<void> {
  const answer = await deleteRegisteredRow(client, { set: registrationsPath, id });
  if (answer.status === 404) throw new NotTestable('the registration was gone before it was deleted');
  if (!answer.ok) throw new Undecided(`the registration could not be deleted: ${answer.describe()}`);
}
