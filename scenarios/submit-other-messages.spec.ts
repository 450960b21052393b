import { randomUUID } from 'node:crypto';
import { headers, messages, preferences, table } from '../contract/vocabulary.ts';
import type { Answer, JsonObject } from '../harness/answer.ts';
import type { ClientRequest } from '../harness/client.ts';
import { createdId } from '../harness/rows.ts';
import { webhookBody } from '../harness/events.ts';
import { Channel } from '../harness/listener.ts';
import { clause, expect, Hold, Interrupted, succeed, test } from '../harness/test.ts';
import { expectNoRowNamed } from './support/no-operation.ts';

const set = 'serviceendpoints';
const respondAsync: NonNullable<ClientRequest['headers']> = [[headers.prefer, preferences.respondAsync]];

function expectNotAccepted(answer: Answer, what: string): void {
  expect(answer, 'status', `the status of ${what} with respond-async`).toSatisfy(
    answer.status !== 202,
    'any other than 202',
  );
  expect(
    answer.header(headers.operationId),
    `the id in the answer to ${what}`,
    answer.at(headers.operationId),
  ).toBeAbsent();
}

/** What no target has to offer: one whose web server refuses it with a page of its own refuses it rightly, too. */
async function whereOffered(ask: () => Promise<unknown>): Promise<void> {
  await ask().catch((error: unknown) => {
    if (!(error instanceof Interrupted)) throw error;
  });
}

for (const method of ['GET', 'POST'] as const) {
  test(
    `${method} WhoAmI MUST NOT become an operation`,
    clause('submit.only-custom-api', { branch: `${method} of a platform message` }),
    async ({ client, clock, target }) => {
      const body = method === 'POST' ? { body: {} } : {};
      await expectNoRowNamed({ client, clock, target }, messages.whoAmI, async () => {
        const answer = await client.api(method, messages.whoAmI, { headers: respondAsync, ...body });
        expectNotAccepted(answer, `${method} ${messages.whoAmI}`);
      });
    },
  );
}

test(
  'a message that does not exist MUST NOT become an operation',
  clause('submit.only-custom-api', { branch: 'an unknown message' }),
  async ({ client, clock, target }) => {
    const name = `bgop_NoSuchApi_${randomUUID().slice(0, 8)}`;
    await expectNoRowNamed({ client, clock, target }, name, async () => {
      const answer = await client.api('POST', name, { headers: respondAsync, body: {} });
      expectNotAccepted(answer, `POST ${name}`);
    });
  },
);

test(
  'the creation of a row MUST NOT become an operation',
  clause('submit.only-custom-api', { branch: 'a create' }),
  async ({ client, events: { registrations } }) => {
    // Without its required columns it is refused where the table is there; where it is not, all the more.
    const answer = await client.api('POST', 'serviceendpoints', { headers: respondAsync, body: {} });
    expectNotAccepted(answer, 'the creation of a row');
    const id = createdId(answer);
    if (id !== undefined) registrations.discard(registrations.keep({ set: 'serviceendpoints', id }));
  },
);

test(
  'a batch of requests MUST NOT become an operation',
  clause('submit.only-custom-api', { branch: 'a batch' }),
  async ({ client }) =>
    whereOffered(async () => {
      const body = { requests: [{ id: '1', method: 'GET', url: messages.whoAmI }] };
      expectNotAccepted(
        await client.api('POST', '$batch', { headers: respondAsync, body }),
        'POST of $batch',
      );
    }),
);

test(
  'the deletion of a row MUST NOT become an operation',
  clause('submit.only-custom-api', { branch: 'a delete' }),
  async ({ client }) => {
    const answer = await client.api('DELETE', `serviceendpoints(${randomUUID()})`, { headers: respondAsync });
    expectNotAccepted(answer, 'the deletion of a row');
  },
);

test(
  'what is done to a row, from its creation to its deletion, MUST NOT become an operation',
  clause('submit.only-custom-api', { branch: 'the life of a row', needs: ['event-step'] }),
  async ({ client, target, events: { registrations, runId } }) => {
    const { url, key } = target.listener.open(new Channel('event', () => ({ status: 200 })));
    const ask = async (method: string, resource: string, body?: JsonObject): Promise<Answer> => {
      const answer = await client.api(method, resource, {
        headers: respondAsync,
        ...(body === undefined ? {} : { body }),
      });
      expectNotAccepted(answer, `${method} of a webhook`);
      return answer;
    };
    const tryOut = (...request: Parameters<typeof ask>): Promise<void> => whereOffered(() => ask(...request));
    try {
      const id = createdId(await ask('POST', set, webhookBody(url, runId)));
      if (id === undefined) return;
      registrations.discard(registrations.keep({ set, id }));
      await tryOut('GET', `${set}(${id})?$select=name`);
      await tryOut('PATCH', `${set}(${id})`, { description: 'changed' });
      await ask('DELETE', `${set}(${id})`);
    } finally {
      target.listener.close(key);
    }
  },
);

test(
  'a query of the table MUST NOT become an operation',
  clause('submit.only-custom-api', { branch: 'a query', needs: ['table'] }),
  async ({ client }) => {
    const answer = await client.api('GET', `${table.set}?$top=1`, { headers: respondAsync });
    expectNotAccepted(answer, 'a query of the table');
  },
);

test(
  'the cancellation of a row MUST NOT become an operation itself',
  clause('submit.only-custom-api', { branch: 'an update', needs: ['probe', 'table'] }),
  async ({ client, submit }) => {
    const hold = new Hold(1_000);
    const operation = await submit({ attempts: [hold] });
    try {
      await operation.started();
      const answer = await client.api('PATCH', operation.rowResource(), {
        headers: [...respondAsync, ['If-Match', '*']],
        body: { [table.state]: 2, [table.status]: 22 },
      });
      expectNotAccepted(answer, 'PATCH of the row');
    } finally {
      hold.release(succeed());
    }
  },
);

test(
  'a message that is not a custom API MAY be refused or run synchronously',
  clause('submit.other-message-answer'),
  async ({ client, observe }) => {
    const known = await client.api('GET', messages.whoAmI, { headers: respondAsync });
    observe(
      `GET ${messages.whoAmI} with respond-async ${known.ok ? 'runs synchronously' : 'is refused'}: ${known.status}`,
    );
    const unknown = await client.api('POST', 'bgop_NoSuchApi', { headers: respondAsync, body: {} });
    observe(`POST of a message that does not exist is answered ${unknown.status}`);
  },
);
