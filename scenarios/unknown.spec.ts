import { randomBytes, randomUUID } from 'node:crypto';
import { headers, messages, paths, table } from '../contract/vocabulary.ts';
import { isObject, type Answer } from '../harness/answer.ts';
import type { Client } from '../harness/client.ts';
import { monitorPath } from '../harness/operation.ts';
import { Blocked, clause, expect, isGuid, NotTestable, test } from '../harness/test.ts';
import { readWithODataHeaders } from './support/moments.ts';
import { letItShow } from './support/no-operation.ts';
import { withSubscription } from './support/subscription.ts';
import { jobsOf } from './support/system-jobs.ts';
import { comes } from './support/waiting.ts';

/** Ids that no operation has, in the forms that a GUID takes. */
const unknownIds: Readonly<Record<string, () => string>> = {
  'a random GUID': () => randomUUID(),
  'a random GUID in upper case': () => randomUUID().toUpperCase(),
  'a GUID of no version': () =>
    randomBytes(16)
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
};

/** The field that asks for all annotations. */
const annotated = [[headers.prefer, 'odata.include-annotations="*"']] as const;

/** A GUID that no operation can have; whether it is called malformed or unknown is open. */
const emptyGuid = '00000000-0000-0000-0000-000000000000';

function monitorOf(client: Client, method: string, id: string): Promise<Answer> {
  return client.send({ method, path: `${paths.monitor}${id}` });
}

function rowOf(
  client: Client,
  id: string,
  fields: readonly (readonly [string, string])[] = [],
): Promise<Answer> {
  return client.api('GET', `${table.set}(${id})`, { headers: fields });
}

function patchRow(client: Client, id: string): Promise<Answer> {
  return client.api('PATCH', `${table.set}(${id})`, {
    headers: [['If-Match', '*']],
    body: { [table.state]: 2, [table.status]: 22 },
  });
}

for (const [kind, makeId] of Object.entries(unknownIds)) {
  test(
    `GET of the monitor of ${kind} MUST answer 404`,
    clause('unknown.monitor-get', { branch: kind }),
    async ({ client }) => {
      const id = makeId();
      const answer = await monitorOf(client, 'GET', id);
      if (answer.status !== 404 && (await readWithODataHeaders(client, monitorPath(id))).status === 404)
        throw new Blocked('monitor.needs-no-odata-headers', answer.describe());
      expect(answer, 'status', 'the status of GET of the monitor of an unknown id').toBe(404);
    },
  );

  test(
    `DELETE of the monitor of ${kind} MUST answer 404`,
    clause('unknown.monitor-delete', { branch: kind }),
    async ({ client }) => {
      const answer = await monitorOf(client, 'DELETE', makeId());
      expect(answer, 'status', 'the status of DELETE of the monitor of an unknown id').toBe(404);
    },
  );

  test(
    `GET of the row of ${kind} MUST answer 404`,
    clause('unknown.row-get', { branch: kind }),
    async ({ client }) => {
      const query = kind === 'a random GUID' ? '' : '?$select=name';
      const answer = await client.api('GET', `${table.set}(${makeId()})${query}`);
      expect(answer, 'status', 'the status of GET of the row of an unknown id').toBe(404);
    },
  );

  test(
    `PATCH of the row of ${kind} MUST answer 404 and create nothing`,
    clause('unknown.row-patch', { branch: kind }),
    async ({ client, clock }) => {
      const id = makeId();
      const answer = await patchRow(client, id);
      expect(answer, 'status', 'the status of PATCH with If-Match: * of an unknown id').toBe(404);
      await letItShow({ clock });
      await expectStillUnknown(client, id);
    },
  );
}

test(
  'GET of the row of an unknown id MUST answer 404, whatever annotations are asked for',
  clause('unknown.row-get', { branch: 'with annotations asked for' }),
  async ({ client }) => {
    const answer = await client.api('GET', `${table.set}(${randomUUID()})`, { headers: annotated });
    expect(answer, 'status', 'the status of GET of the row of an unknown id').toBe(404);
  },
);

/** Demands that an id is as unknown as one that never was: where a target answers that one oddly, other checks say so. */
async function expectStillUnknown(client: Client, id: string): Promise<void> {
  const never = randomUUID();
  const [row, monitor] = [await rowOf(client, id), await monitorOf(client, 'GET', id)];
  const [otherRow, otherMonitor] = [await rowOf(client, never), await monitorOf(client, 'GET', never)];
  if (otherRow.status !== 404) throw new Blocked('unknown.row-get', otherRow.describe());
  expect(row, 'status', 'the status of GET of the row after PATCH').toBe(404);
  if (otherMonitor.status !== 404) throw new Blocked('unknown.monitor-get', otherMonitor.describe());
  expect(monitor, 'status', 'the status of GET of the monitor after PATCH').toBe(404);
}

for (const [branch, fields] of [
  [undefined, []],
  ['with annotations asked for', annotated],
] as const)
  test(
    `the 404 of a row SHOULD have an error message that names the id${branch === undefined ? '' : `, ${branch}`}`,
    clause('unknown.error-body', branch === undefined ? {} : { branch }),
    async ({ client, observe }) => {
      const id = randomUUID();
      const answer = await rowOf(client, id, fields);
      if (answer.status !== 404) throw new Blocked('unknown.row-get', answer.describe());
      const error = answer.object()?.['error'];
      const message = isObject(error) ? error['message'] : undefined;
      if (isObject(error)) observe(`the error’s code is ${JSON.stringify(error['code'])}`);
      const text = typeof message === 'string' ? message.toLowerCase() : message;
      expect(text, 'error.message of the 404', answer).toContain(id);
    },
  );

/** Ids of other things that the target knows: of the caller, and of what WhoAmI names beside. */
async function idsOfOthers(client: Client): Promise<Map<string, string>> {
  const known = (await client.api('GET', messages.whoAmI)).object() ?? {};
  const ids = ['UserId', 'BusinessUnitId', 'OrganizationId'].map((name) => [name, known[name]] as const);
  const named = ids.filter((one): one is readonly [string, string] => isGuid(one[1]) && one[1] !== emptyGuid);
  if (named.length === 0) throw new NotTestable('WhoAmI names nothing that has an id');
  return new Map(named);
}

for (const [id, ask] of [
  ['unknown.monitor-get', (client: Client, other: string) => monitorOf(client, 'GET', other)],
  ['unknown.monitor-delete', (client: Client, other: string) => monitorOf(client, 'DELETE', other)],
  ['unknown.row-get', (client: Client, other: string) => rowOf(client, other)],
] as const)
  test(
    `an id of something else MUST be as unknown as one that nothing has: ${id}`,
    clause(id, { branch: 'the id of something else' }),
    async ({ client }) => {
      for (const [name, other] of await idsOfOthers(client)) {
        const answer = await ask(client, other);
        expect(answer, 'status', `the status of ${answer.request.method} of the ${name}`).toBe(404);
      }
    },
  );

test(
  'the id of a system job MUST NOT be that of an operation',
  clause('unknown.monitor-get', { branch: 'the id of a system job', needs: ['probe', 'event-step'] }),
  async ({ submit, client, target, events }) => {
    // Without Auto Delete the job of a call remains.
    await withSubscription({ client, target, events }, { asyncautodelete: false }, async ({ step, of }) => {
      const operation = await submit();
      await operation.finished();
      if (!(await comes(target, () => of(operation.id).length > 0)))
        throw new Blocked('event.each-completion', 'the event did not reach the webhook');
      const jobs = (await jobsOf(client, step.id)).map(({ asyncoperationid }) => asyncoperationid);
      const others = jobs.filter(isGuid).filter((id) => id.toLowerCase() !== operation.id);
      if (others.length === 0) throw new NotTestable('no system job of the call is shown');
      const answer = await monitorOf(client, 'GET', others[0] ?? '');
      expect(answer, 'status', 'the status of GET of the monitor of a system job').toBe(404);
    });
  },
);

for (const method of ['GET', 'DELETE'] as const) {
  test(
    `${method} of the monitor of the empty GUID MUST be refused as unknown`,
    clause(method === 'GET' ? 'unknown.monitor-get' : 'unknown.monitor-delete', { branch: 'the empty GUID' }),
    async ({ client }) => {
      const answer = await monitorOf(client, method, emptyGuid);
      expect(answer, 'status', `the status of ${method} of the monitor of ${emptyGuid}`).toBeOneOf([
        400, 404,
      ]);
    },
  );
}

test(
  'GET of the row of the empty GUID MUST be refused as unknown',
  clause('unknown.row-get', { branch: 'the empty GUID', needs: ['table'] }),
  async ({ client }) => {
    const answer = await rowOf(client, emptyGuid);
    expect(answer, 'status', `the status of GET of the row of ${emptyGuid}`).toBeOneOf([400, 404]);
  },
);

const malformedIds = {
  words: 'not-a-guid',
  'a number': '12345',
  null: 'null',
  'a GUID that is too short': '3f2504e0-4f89-41d3-9a0c-0305e82c330',
  'a GUID that is too long': '3f2504e0-4f89-41d3-9a0c-0305e82c33010',
  'a GUID with a letter that is not a digit': '3f2504e0-4f89-41d3-9a0c-0305e82c330g',
  'a percent sign, encoded': '%25',
  'a text of 300 letters': 'x'.repeat(300),
  'a quote, encoded': '%27%20or%201%20eq%201',
  'letters of other scripts, encoded': '%E2%82%AC%F0%9F%A7%AA',
} as const;

test(
  'an address with a broken escape SHOULD be answered 400 or 404 by the monitor',
  clause('unknown.malformed', { branch: 'monitor: a broken escape' }),
  async ({ client }) => {
    const answer = await monitorOf(client, 'GET', '%zz');
    expect(answer, 'status', 'the status of GET of the monitor of %zz').toBeOneOf([400, 404]);
  },
);

for (const [kind, id] of Object.entries(malformedIds)) {
  test(
    `an id that is no GUID SHOULD be answered 400 or 404 by the monitor: ${kind}`,
    clause('unknown.malformed', { branch: `monitor: ${kind}` }),
    async ({ client }) => {
      for (const method of ['GET', 'DELETE']) {
        const answer = await monitorOf(client, method, id);
        expect(answer, 'status', `the status of ${method} of the monitor of ${id}`).toBeOneOf([400, 404]);
      }
    },
  );

  test(
    `an id that is no GUID SHOULD be answered 400 or 404 by the row: ${kind}`,
    clause('unknown.malformed', { branch: `row: ${kind}`, needs: ['table'] }),
    async ({ client }) => {
      const [read, patched] = [await rowOf(client, id), await patchRow(client, id)];
      expect(read, 'status', `the status of GET of the row of ${id}`).toBeOneOf([400, 404]);
      expect(patched, 'status', `the status of PATCH of the row of ${id}`).toBeOneOf([400, 404]);
    },
  );
}

/** What is left of the id of an operation, or stands around it: no GUID, and no operation's id. */
const aroundIds: Readonly<Record<string, (id: string) => string>> = {
  'a letter behind it': (id) => `${id}x`,
  'a digit behind it': (id) => `${id}0`,
  'more behind it': (id) => `${id}-1`,
  'a letter before it': (id) => `x${id}`,
  'its last digit missing': (id) => id.slice(0, -1),
};

test(
  'the id of an operation that is not the whole id SHOULD be answered 400 or 404',
  clause('unknown.malformed', { branch: 'around an id', needs: ['probe'] }),
  async ({ client, submit, target }) => {
    const { id } = await submit();
    const ask = (of: string): Promise<Answer[]> =>
      Promise.all([
        monitorOf(client, 'GET', of),
        monitorOf(client, 'DELETE', of),
        ...(target.offers.table ? [rowOf(client, of), patchRow(client, of)] : []),
      ]);
    const refusals = [400, 404];
    // Where an id that never was is not refused either, that is for other clauses to say.
    const usual = await ask(randomUUID());
    for (const [how, write] of Object.entries(aroundIds))
      for (const [index, answer] of (await ask(write(id))).entries())
        if (refusals.includes(usual[index]?.status ?? 0))
          expect(answer, 'status', `the status of ${answer.request.method} of an id with ${how}`).toBeOneOf(
            refusals,
          );
  },
);
