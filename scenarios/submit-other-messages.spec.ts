import { randomUUID } from 'node:crypto';
import { headers, messages, preferences, table } from '../contract/vocabulary.ts';
import type { Answer } from '../harness/answer.ts';
import type { ClientRequest } from '../harness/client.ts';
import type { CheckTools } from '../harness/collect.ts';
import { createdId } from '../harness/rows.ts';
import { clause, expect, Hold, succeed, test } from '../harness/test.ts';
import { findRows } from './support/rows.ts';
import { letItShow } from './support/no-operation.ts';

const respondAsync: NonNullable<ClientRequest['headers']> = [[headers.prefer, preferences.respondAsync]];

function expectNotAccepted(answer: Answer, what: string): void {
  expect(answer.status, `the status of ${what} with respond-async`).toSatisfy(
    answer.status !== 202,
    'any other than 202',
  );
  expect(answer.header(headers.operationId), `the id in the answer to ${what}`).toBeAbsent();
}

/** The ids of the operations of that name; none where there is no table. */
async function idsNamed(
  { client, target }: Pick<CheckTools, 'client' | 'target'>,
  name: string,
): Promise<unknown[]> {
  if (!target.offers.table) return [];
  const rows = await findRows(client, `name eq '${name}'`, [table.key, 'name']);
  // A target that ignores the filter gives other rows too; these are not meant.
  return rows.filter((row) => row['name'] === name).map((row) => row[table.key]);
}

/** Demands that a request adds no operation of that name to the table, which may hold some of earlier days. */
async function expectNoRowNamed(
  { client, clock, target }: Pick<CheckTools, 'client' | 'clock' | 'target'>,
  name: string,
  send: () => Promise<void>,
): Promise<void> {
  const before = await idsNamed({ client, target }, name);
  await send();
  await letItShow({ clock });
  const added = (await idsNamed({ client, target }, name)).filter((id) => !before.includes(id));
  expect(added.length, `the number of operations named ${name}`).toBe(0);
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
