import { credentialHeaders, headers, messages } from '../contract/vocabulary.ts';
import type { CheckTools } from '../harness/collect.ts';
import type { Delivery } from '../harness/listener.ts';
import type { Operation } from '../harness/operation.ts';
import { registrationName } from '../harness/run-id.ts';
import { Blocked, clause, expect, isGuid, NotTestable, test } from '../harness/test.ts';
import { calledBack } from './support/callbacks.ts';
import { withSubscription, type Subscription } from './support/subscription.ts';
import { comes, comesAsUsual } from './support/waiting.ts';
import { webhookHeader } from './support/webhook-headers.ts';

/** A webhook that wants headers of its own (`authtype` 5), as functions and gateways do. */
const ownHeaders = {
  authtype: 5,
  authvalue:
    '<settings><setting name="x-functions-key" value="bgop-own-key" /><setting name="bgop-own" value="1" /></settings>',
};

type Tools = Pick<CheckTools, 'submit' | 'client' | 'target' | 'events'>;

/** Lets an operation end while such a webhook is registered, and gives what it received. */
async function beside(
  { submit, client, target, events }: Tools,
  callback: boolean,
  look: (operation: Operation, received: readonly Delivery[]) => Promise<void>,
): Promise<void> {
  await withSubscription(
    { client, target, events },
    {},
    async ({ of }) => {
      // Headers of a webhook that was called would stay for the next operation.
      const [first, second] = [await submit(), await submit({ callback })];
      for (const operation of [first, second]) await operation.finished();
      if (!(await comes(target, () => of(first.id).length > 0 && of(second.id).length > 0)))
        throw new Blocked('event.each-completion', 'the webhook with headers of its own was not called');
      await look(second, [...of(first.id), ...of(second.id)]);
    },
    undefined,
    ownHeaders,
  );
}

test(
  'a webhook with headers of its own SHOULD get those of the platform as well',
  clause('event.headers', { branch: 'a webhook with its own', needs: ['probe', 'event-step'] }),
  async ({ submit, client, target, events }) =>
    beside({ submit, client, target, events }, false, async (_operation, received) => {
      expectNamed(received);
      return Promise.resolve();
    }),
);

/** Demands that each call of a webhook names the message. */
function expectNamed(received: readonly Delivery[]): void {
  for (const delivery of received) {
    const name = webhookHeader(delivery, headers.requestName);
    expect(name, headers.requestName, delivery).toBe(messages.complete);
  }
}

test(
  'a webhook that is called again SHOULD get the headers of the platform again',
  clause('event.headers', { branch: 'called again', needs: ['probe', 'clock', 'event-step'] }),
  async ({ submit, client, target, events }) => {
    let id = '';
    const look = async ({ of }: Subscription): Promise<void> => {
      const operation = await submit();
      ({ id } = operation);
      await operation.finished();
      const again = (): boolean => of(operation.id).length > 1;
      if (!(await comesAsUsual(target, 'second call of a webhook', again)))
        throw new NotTestable('a webhook that answered 503 is not called again');
      expectNamed(of(operation.id));
    };
    let failed = false;
    const reply = ({ body }: { readonly body: string }): { status: number } => {
      // Others may end meanwhile.
      const fails = !failed && id !== '' && body.toLowerCase().includes(id);
      failed ||= fails;
      return { status: fails ? 503 : 200 };
    };
    await withSubscription({ client, target, events }, {}, look, reply);
  },
);

test(
  'a callback MUST carry no headers of a webhook',
  clause('callback.no-credentials', {
    branch: 'beside a webhook with its own',
    needs: ['probe', 'callback', 'event-step'],
  }),
  async ({ submit, client, target, events }) =>
    beside({ submit, client, target, events }, true, async (operation) => {
      for (const callback of await calledBack(operation, target)) {
        const names = callback.headers.map(([name]) => name.toLowerCase());
        const theirs = [...credentialHeaders, 'bgop-own'].filter((name) => names.includes(name));
        expect(theirs, 'the headers with credentials in the callback', callback).toEqual([]);
      }
    }),
);

test(
  'a webhook MUST be called for a step that was changed',
  clause('event.each-completion', { branch: 'a changed step', needs: ['probe', 'event-step'] }),
  async ({ submit, client, target, events }) => {
    await withSubscription({ client, target, events }, {}, async ({ step, of }) => {
      const body = { name: `${registrationName(events.runId)} changed`, rank: 2 };
      const headers: [string, string][] = [['If-Match', '*']];
      const changed = await client.api('PATCH', `${step.set}(${step.id})`, { headers, body });
      if (!changed.ok) throw new NotTestable(`a change of name and rank is answered ${changed.status}`);
      await expectCalled({ submit, target }, of, 'the calls of the webhook of a step that was changed');
    });
  },
);

/** Demands that a webhook is called for an operation that ends. */
async function expectCalled(
  { submit, target }: Pick<Tools, 'submit' | 'target'>,
  of: Subscription['of'],
  what: string,
): Promise<void> {
  const operation = await submit();
  if (!isGuid(operation.id)) throw new Blocked('submit.id-is-guid', operation.accepted.describe());
  await operation.finished();
  const came = await comes(target, () => of(operation.id).length > 0);
  expect(of(operation.id), 'length', what).toSatisfy(came, 'one');
}

test(
  'a webhook MUST be called for a step whose name has letters of any script',
  clause('event.each-completion', { branch: 'a name of any script', needs: ['probe', 'event-step'] }),
  async ({ submit, client, target, events }) => {
    const name = `${registrationName(events.runId)} Größe 東京 \u{1f600}`;
    await withSubscription({ client, target, events }, { name }, async ({ of }) =>
      expectCalled({ submit, target }, of, 'the calls of the webhook of such a step'),
    );
  },
);
