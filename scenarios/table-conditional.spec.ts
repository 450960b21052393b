import { table } from '../contract/vocabulary.ts';
import type { Answer } from '../harness/answer.ts';
import type { Client } from '../harness/client.ts';
import type { Operation } from '../harness/operation.ts';
import { clause, expect, Hold, succeed, test, Undecided } from '../harness/test.ts';

/** Cancels by PATCH, on the condition that the row is still of that version. */
function cancelIfMatch(client: Client, operation: Operation, etag: string): Promise<Answer> {
  return client.api('PATCH', operation.rowResource(), {
    headers: [['If-Match', etag]],
    body: { [table.state]: 2, [table.status]: 22 },
  });
}

/** The entity tag that the row shows; the check is undecided where it shows none. */
async function etagOf(operation: Operation): Promise<string> {
  const { row } = await operation.row();
  const etag = row['@odata.etag'];
  if (typeof etag !== 'string') throw new Undecided('the row shows no @odata.etag');
  return etag;
}

/** Demands the refusal, and that the running attempt was not canceled by it. */
async function expectRefused(client: Client, operation: Operation, etag: string): Promise<void> {
  const answer = await cancelIfMatch(client, operation, etag);
  expect(answer, 'status', `the status of PATCH with If-Match: ${etag}`).toBe(412);
  const shown = await operation.monitor();
  expect([shown.state, shown.status], 'the codes after the refused PATCH', shown).toEqual([2, 20]);
}

test(
  'PATCH with an If-Match that no version had SHOULD be answered 412 and change nothing',
  clause('table.etag-conditional', { branch: 'a tag that no version had' }),
  async ({ submit, client }) => {
    const hold = new Hold(1_000);
    const operation = await submit({ attempts: [hold] });
    await operation.started();
    const etag = await etagOf(operation);
    const digit = /\d/.exec(etag)?.[0] ?? '0';
    const none = etag.replace(digit, String((Number(digit) + 1) % 10));
    await expectRefused(client, operation, none);
    // Written as a strong tag, or in a list, it is no more that of a version.
    await expectRefused(client, operation, none.replace(/^W\//, ''));
    await expectRefused(client, operation, `"bgop", ${none}`);
    hold.release(succeed());
    await operation.settled();
  },
);

test(
  'PATCH with the If-Match of an earlier version SHOULD be answered 412 and change nothing',
  clause('table.etag-conditional', {
    branch: 'the tag of an earlier version',
    needs: ['probe', 'table', 'clock'],
  }),
  async ({ submit, client }) => {
    const hold = new Hold(1_000);
    const operation = await submit({ attempts: [hold] });
    const etag = await etagOf(operation);
    await operation.started();
    await operation.rowWhen(({ state }) => state !== 0);
    await expectRefused(client, operation, etag);
    // The row may still have been a late one, or be written between the read and the PATCH.
    const current = await operation.consistent(
      async () => cancelIfMatch(client, operation, await etagOf(operation)),
      ({ status }) => status !== 412,
    );
    expect(current.status === 412, 'whether the tag that the row has is called stale', current).toBe(false);
    hold.release(succeed());
    await operation.settled();
  },
);

test(
  'the row SHOULD have another tag after the end than during the attempt',
  clause('table.etag-conditional', { branch: 'the end' }),
  async ({ submit }) => {
    const hold = new Hold(1_000);
    const operation = await submit({ attempts: [hold] });
    await operation.started();
    await operation.rowWhen(({ state }) => state !== 0);
    const running = await etagOf(operation);
    hold.release(succeed());
    await operation.finished();
    const { row } = await operation.rowWhen(({ state }) => state === 3);
    expect(row, '@odata.etag', 'the tag after the end').toSatisfy(
      row['@odata.etag'] !== running,
      `another than ${running}, which the row had during the attempt`,
    );
  },
);

test(
  'GET with the If-None-Match of an earlier version MUST be answered with the row as it is',
  clause('table.retrieve', { branch: 'the tag of an earlier version', needs: ['probe', 'table', 'clock'] }),
  async ({ submit }) => {
    const operation = await submit();
    const etag = await etagOf(operation);
    await operation.finished();
    const { row } = await operation.rowWhen(({ state }) => state === 3);
    if (row['@odata.etag'] === etag) throw new Undecided('the row has the tag that it had before its end');
    const answer = await operation.getRow('', [['If-None-Match', etag]]);
    expect(answer, 'status', 'the status of GET with the tag of an earlier version').toBe(200);
    expect(answer.object()?.[table.state], `${table.state} of the row`, answer).toBe(row[table.state]);
  },
);
