import { deleteRegisteredRow } from '../harness/rows.ts';
import { clause, expect, NotTestable, test } from '../harness/test.ts';
import { registrationsPath, withReceiver, withRegistration } from './support/registration.ts';
import { passes } from './support/waiting.ts';

/** Changes of a callback registration that cannot be carried out, each for another reason. */
const impossible = {
  'a required column taken away': { scope: null },
  'an unknown column': { bgop_nosuchcolumn: 1 },
  'a value of another type': { version: 'three' },
} as const;

test(
  'the refusal of a change of a callback registration MUST NOT tell its url',
  clause('flow.url-write-only', { branch: 'when a change is refused' }),
  async ({ client, target, events }) => {
    await withRegistration({ client, target, events }, async ({ row, url }) => {
      const { pathname } = new URL(url);
      let refused = 0;
      for (const [what, body] of Object.entries(impossible)) {
        const answer = await client.api('PATCH', `${registrationsPath}(${row.id})`, {
          headers: [['Prefer', 'return=representation']],
          body,
        });
        if (answer.status === 400 || answer.status === 422) refused += 1;
        expect(answer.body.includes(pathname) ? 'the url' : 'no url', `what PATCH with ${what} gives`).toBe(
          'no url',
        );
      }
      if (refused === 0) throw new NotTestable('no change is refused for what it says');
    });
  },
);

test(
  'a callback registration whose url was changed MUST NOT be told anything once it is deleted',
  clause('flow.unsubscribe', { branch: 'after a change of its url' }),
  async ({ submit, client, target, events }) => {
    await withRegistration({ client, target, events }, async ({ row, body, of }) => {
      await withReceiver({ target }, async (url, ofNew) => {
        const resource = `${registrationsPath}(${row.id})`;
        const changed = await client.api('PATCH', resource, { body: { ...body, url } });
        if (!changed.ok) throw new NotTestable(`a change of the url is answered ${changed.status}`);
        const answer = await deleteRegisteredRow(client, row);
        if (!answer.ok) throw new NotTestable(`the deletion is answered ${answer.status}`);
        const operation = await submit();
        await operation.settled();
        await passes(target);
        expect(of(operation.id).length, 'the calls of the former url after the deletion').toBe(0);
        expect(ofNew(operation.id).length, 'the calls of the new url after the deletion').toBe(0);
      });
    });
  },
);
