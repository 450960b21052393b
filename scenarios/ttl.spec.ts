import { limits, table } from '../contract/vocabulary.ts';
import { monitorPath, type Operation } from '../harness/operation.ts';
import { Blocked, clause, expect, proceed, succeed, test } from '../harness/test.ts';
import { ends } from './support/ends.ts';
import { moments } from './support/moments.ts';
import { collectionPath, rowId, readPage } from './support/table-rows.ts';

const hour = 3_600_000;
const day = 24 * hour;
const precisionMs = 1_000;
const ttlMs = limits.ttlSeconds * 1_000;

/** The instant that a column of the row shows; blocks the check where it shows none. */
async function shown(operation: Operation, column: 'createdon' | 'modifiedon'): Promise<number> {
  const { row } = await operation.rowWhen(({ state }) => state === 3);
  const time = Date.parse(String(row[column]));
  if (Number.isNaN(time)) throw new Blocked('table.column-types', `${column} shows no time`);
  return time;
}

for (const { when, branch, needs, enter } of [moments.executing, moments.succeeded, moments.failed]) {
  test(
    `ttlinseconds MUST be 7,776,000, ${when}`,
    clause('ttl.default', { branch, needs: [...needs, 'table'] }),
    async ({ submit, clock, target }) => {
      await enter({ submit, clock, target }, async (operation) => {
        const { row } = await operation.row();
        // Its type is for table.column-types to judge.
        expect(Number(row['ttlinseconds']), 'ttlinseconds of the row', row).toBe(limits.ttlSeconds);
      });
    },
  );
}

for (const { after, needs, reach } of ends) {
  const branch = after;
  const both = [...new Set([...needs.filter((need) => need !== 'slow'), 'clock', 'table'] as const)];

  test(
    `the row MUST still be there an hour before creation + TTL, ${after}`,
    clause('ttl.kept-before', { branch, needs: both }),
    async ({ submit, clock, target }) => {
      const submitted = await clock.now();
      const operation = await reach({ submit, clock, target });
      const created = await shown(operation, 'createdon');
      if (Math.abs(created - submitted) > precisionMs)
        throw new Blocked('table.times', 'createdon is not the time of submission');
      const due = created + ttlMs - hour;
      await clock.advance(due - (await clock.now()));
      const answer = await operation.getRow();
      expect(answer, 'status', 'the status of GET of the row an hour before creation + TTL').toBe(200);
      expect(rowId(answer.object() ?? {}), 'the id of the row', answer).toBe(operation.id);
    },
  );

  test(
    `the row MUST be gone a day after its last modification + TTL, ${after}`,
    clause('ttl.deleted-after', { branch, needs: both }),
    async ({ submit, clock, target, client }) => {
      const operation = await reach({ submit, clock, target });
      const due = (await shown(operation, 'modifiedon')) + ttlMs + day;
      // Half way it is looked at: reading is no modification.
      await clock.advance(ttlMs / 2);
      await operation.getMonitor();
      await operation.getRow();
      await clock.advance(due - (await clock.now()));
      const options = { $select: table.key, $filter: `${table.key} eq ${operation.id}` };
      const { rows } = readPage(await client.api('GET', collectionPath(options)));
      const found = rows.map(rowId).filter((id) => id === operation.id);
      expect(found, 'the ids that a query by it finds').toEqual([]);
      const unknown = await client.api('GET', `${table.set}(${crypto.randomUUID()})`);
      if (unknown.status !== 404) throw new Blocked('unknown.row-get', unknown.describe());
      const answer = await operation.getRow();
      expect(answer, 'status', 'the status of GET of the row a day after its last modification + TTL').toBe(
        404,
      );
    },
  );

  test(
    `the monitor SHOULD be gone a day after the last modification + TTL, ${after}`,
    clause('ttl.monitor-gone', { branch, needs: both.filter((need) => need !== 'table') }),
    async ({ submit, clock, target, client }) => {
      const operation = await reach({ submit, clock, target });
      await clock.advance(ttlMs + day);
      const unknown = await client.send({ method: 'GET', path: monitorPath(crypto.randomUUID()) });
      if (unknown.status !== 404) throw new Blocked('unknown.monitor-get', unknown.describe());
      const answer = await operation.getMonitor();
      expect(answer, 'status', 'the status of GET of the monitor').toBe(404);
      const never = await client.send({ method: 'DELETE', path: monitorPath(crypto.randomUUID()) });
      if (never.status !== 404) throw new Blocked('unknown.monitor-delete', never.describe());
      const deleted = await operation.cancel('delete');
      expect(deleted, 'status', 'the status of DELETE of the monitor').toBe(404);
    },
  );
}

test(
  'the expiry of one operation MUST leave a younger one alone',
  clause('ttl.kept-before', { branch: 'beside one that expires' }),
  async ({ submit, clock }) => {
    const older = await submit();
    await older.finished();
    await clock.advance(30 * day);
    const younger = await submit();
    await younger.finished();
    await shown(younger, 'createdon');
    await clock.advance(61 * day);
    const answer = await younger.getRow();
    expect(answer, 'status', 'the status of GET of the younger row').toBe(200);
  },
);

test(
  'the time to live MAY count from creation or from the last modification',
  clause('ttl.starts'),
  async ({ submit, clock, observe }) => {
    const operation = await submit({ attempts: [[proceed(50_000), proceed(50_000), succeed()]] });
    await operation.finished();
    const created = await shown(operation, 'createdon');
    const modified = await shown(operation, 'modifiedon');
    const seconds = Math.round((modified - created) / 1_000);
    await clock.advance(created + ttlMs + 50_000 - (await clock.now()));
    const between = (await operation.getRow()).status === 404;
    await clock.advance(modified + ttlMs + 5_000 - (await clock.now()));
    const afterwards = (await operation.getRow()).status === 404;
    observe(`the row was last modified ${seconds} s after its creation`);
    observe(
      between
        ? 'the row is gone 50 s after creation + TTL: the time counts from creation'
        : afterwards
          ? 'the row outlives creation + TTL, and is gone 5 s after its last modification + TTL: the time counts from there'
          : 'the row is still there 5 s after its last modification + TTL',
    );
  },
);
