import { headers, messages, table } from '../contract/vocabulary.ts';
import type { JsonObject } from '../harness/answer.ts';
import { unasked } from '../harness/forms/columns.ts';
import {
  Blocked,
  clause,
  expect,
  isGuid,
  NotReached,
  NotTestable,
  test,
  Undecided,
} from '../harness/test.ts';
import { expectJsonObject } from './support/json-body.ts';
import { withRow } from './support/any-end.ts';
import { moments } from './support/moments.ts';
import { collectionPath, rowId, listedRow, readPage } from './support/table-rows.ts';

/** The columns of the table reference that hold plain values. */
const columns = [
  table.key,
  table.state,
  table.status,
  'name',
  'displayname',
  'inputparameters',
  'outputparameters',
  'errorcode',
  'errormessage',
  'starttime',
  'endtime',
  'retrycount',
  'priority',
  'runas',
  'partitionid',
  'ttlinseconds',
  'importsequencenumber',
  'overriddencreatedon',
  'createdon',
  'modifiedon',
  'versionnumber',
];

function columnsOf(row: JsonObject): string[] {
  return Object.keys(row).filter((name) => !name.includes('@'));
}

test(
  'GET of the row MUST answer it as OData: 200, JSON, version, context and etag',
  clause('table.retrieve'),
  async ({ submit, clock }) => {
    const operation = await withRow({ submit, clock });
    const answer = await operation.consistent(
      () => operation.getRow(),
      ({ status }) => status !== 404,
    );
    if (answer.status === 404) throw new Blocked('submit.row-exists', answer.describe());
    expect(answer, 'status', 'the status of GET of the row').toBe(200);
    expect(answer, 'mediaType', 'the media type of the row').toBe('application/json');
    expect(
      answer.header(headers.odataVersion),
      'OData-Version of the row',
      answer.at(headers.odataVersion),
    ).toBe('4.0');
    const row = answer.object();
    expectJsonObject(answer.body, 'the body of the row');
    expect(rowId(row ?? {}), 'the id that the row shows', row).toBe(operation.id);
    expect(row?.['@odata.context'], '@odata.context of the row', row).toMatch(
      /\/\$metadata#backgroundoperations(\(.*\))?\/\$entity$/,
      'a metadata URL that names one entity of backgroundoperations',
    );
    expect(row?.['@odata.etag'], '@odata.etag of the row', row).toMatch(/^(W\/)?".+"$/, 'an entity tag');
  },
);

test(
  '$select MUST return the chosen column, each of the table reference',
  clause('table.select', { branch: 'each column alone' }),
  async ({ submit, clock }) => {
    const operation = await withRow({ submit, clock });
    const { row: whole } = await operation.row();
    for (const column of columns) {
      const answer = await operation.getRow(`$select=${column}`);
      expect(answer, 'status', `the status of GET with $select=${column}`).toBe(200);
      const row = answer.object() ?? {};
      expect(Object.keys(row), 'the members of the row', row).toSatisfy(
        column in row,
        `${column} among them`,
      );
      if (column in whole) expect(row, column, `the selected ${column}`).toEqual(whole[column]);
    }
  },
);

test(
  '$select of several columns MUST return every one of them, of one row and of many',
  clause('table.select', { branch: 'several columns' }),
  async ({ submit, clock, client }) => {
    const operation = await withRow({ submit, clock });
    const { row: whole } = await operation.row();
    const chosen = [table.state, table.status, 'name', 'outputparameters', 'errorcode', 'retrycount'];
    const one = await operation.getRow(`$select=${chosen.join(',')}`);
    const { row: listed } = await listedRow(client, operation, { $select: chosen.join(',') });
    expect(one, 'status', 'the status of GET with $select').toBe(200);
    for (const column of chosen) {
      expect(one.object() ?? {}, 'the row', one).toSatisfy(
        column in (one.object() ?? {}),
        `one with ${column}`,
      );
      expect(listed, 'the row in the collection', listed).toSatisfy(column in listed, `one with ${column}`);
      if (!(column in whole)) continue;
      expect(one.object()?.[column], `the selected ${column}`, one.at(column)).toEqual(whole[column]);
      expect(listed, column, `the selected ${column} in the collection`).toEqual(whole[column]);
    }
  },
);

test(
  '$select SHOULD return no other column than key, version, partition and owner',
  clause('table.select-only'),
  async ({ submit, clock, client }) => {
    const operation = await withRow({ submit, clock });
    const { row } = await operation.row(`$select=${table.state},${table.status},name`);
    const { row: listed } = await listedRow(client, operation, { $select: 'name' });
    const further = columnsOf(row).filter((name) => !unasked.has(name));
    expect(
      further.sort(),
      'the columns that $select returned besides key, version, partition, owner',
      row,
    ).toEqual([table.state, table.status, 'name'].sort());
    expect(
      columnsOf(listed).filter((name) => !unasked.has(name)),
      'the columns that $select=name returned in the collection',
      listed,
    ).toEqual(['name']);
  },
);

test(
  '$select SHOULD return no other column where others order the list',
  clause('table.select-only', { branch: 'of an ordered list' }),
  async ({ submit, clock, client }) => {
    const operation = await withRow({ submit, clock });
    const options = { $select: 'name', $orderby: 'createdon desc' };
    const answer = await client.api('GET', collectionPath({ ...options, $top: '1' }));
    if (!answer.ok) throw new Blocked('table.order-top-count', answer.describe());
    const { row } = await listedRow(client, operation, options);
    expect(
      columnsOf(row).filter((name) => !unasked.has(name)),
      'the columns that $select=name returned beside $orderby=createdon desc',
      row,
    ).toEqual(['name']);
  },
);

for (const [branch, options] of [
  ['alone', { $select: 'bgop_nosuchcolumn' }],
  ['among known ones', { $select: `${table.state},bgop_nosuchcolumn,name` }],
] as const) {
  test(
    `an unknown column in $select SHOULD be answered 400 with an error that names it, ${branch}`,
    clause('table.unknown-column', { branch }),
    async ({ client }) => {
      const answer = await client.api('GET', collectionPath(options));
      if (answer.status === 200) {
        const known = readPage(await client.api('GET', collectionPath({ ...options, $select: 'name' })));
        if (known.rows.some((row) => 'createdon' in row))
          throw new Blocked('table.select-only', '$select is not heeded at all');
      }
      expect(answer, 'status', `the status of GET with $select=${options.$select}`).toBe(400);
      const error = answer.object()?.['error'] as JsonObject | undefined;
      expect(error?.['message'], 'error.message', error).toContain('bgop_nosuchcolumn');
    },
  );
}

test(
  'an unknown column in $select of one row SHOULD be answered 400 with an error that names it',
  clause('table.unknown-column', { branch: 'of one row', needs: ['probe', 'table'] }),
  async ({ submit, clock }) => {
    const operation = await withRow({ submit, clock });
    const known = `${table.state},${table.status}`;
    const { row } = await operation.row(`$select=${known}`);
    if ('createdon' in row) throw new Blocked('table.select-only', '$select is not heeded at all');
    const answer = await operation.getRow(`$select=${known},bgop_nosuchcolumn`);
    expect(answer, 'status', 'the status of GET of the row with an unknown column').toBe(400);
    const error = answer.object()?.['error'] as JsonObject | undefined;
    expect(error?.['message'], 'error.message', error).toContain('bgop_nosuchcolumn');
  },
);

test(
  'the name of a column in other letters SHOULD be answered 400, as an unknown one',
  clause('table.unknown-column', { branch: 'in other letters' }),
  async ({ client }) => {
    const unknown = await client.api('GET', collectionPath({ $select: 'bgop_nosuchcolumn', $top: '1' }));
    if (unknown.status !== 400) throw new NotReached('table.unknown-column', unknown.describe());
    const answer = await client.api('GET', collectionPath({ $select: 'Name', $top: '1' }));
    expect(answer, 'status', 'the status of GET with $select=Name').toBe(400);
    const error = answer.object()?.['error'] as JsonObject | undefined;
    expect(error?.['message'], 'error.message', error).toContain('Name');
  },
);

/** Moments of an operation; what names its custom API has to stand in the row at each. */
const named = [
  moments.executing,
  moments.canceling,
  moments.succeeded,
  moments.failed,
  moments.waiting,
  moments.canceledBetween,
];

for (const { when, needs, enter } of named) {
  const details = { branch: when, needs: [...new Set([...needs, 'table'] as const)] };

  test(
    `name MUST be the unique name of the custom API ${when}`,
    clause('table.name', details),
    async ({ submit, clock, target }) => {
      const { probe } = target.config.target;
      // A fixed probe has another custom API for what fails.
      const fixed = probe.kind === 'fixed' && when === moments.failed.when ? probe.fails : undefined;
      const unique = probe.kind === 'control' ? probe.customApi : (fixed ?? probe.succeeds).name;
      await enter({ submit, clock, target }, async (operation) => {
        const { row } = await operation.row();
        expect(row, 'name', `name of the row ${when}`).toBe(unique);
      });
    },
  );

  test(
    `displayname MUST be the display name of the custom API ${when}`,
    clause('table.displayname', details),
    async ({ submit, clock, target }) => {
      const { probe } = target.config.target;
      if (probe.kind === 'fixed')
        throw new NotTestable('target.probe is "fixed": its display name is unknown');
      await enter({ submit, clock, target }, async (operation) => {
        const { row } = await operation.row();
        expect(row, 'displayname', `displayname of the row ${when}`).toBe(probe.displayName);
      });
    },
  );
}

test('runas MUST be a systemuserid', clause('table.runas'), async ({ submit, clock }) => {
  const operation = await withRow({ submit, clock });
  const { row } = await operation.row();
  expect(row, 'runas', 'runas of the row').toBeGuid();
});

for (const [principal, needs] of [
  ['initiator', ['probe', 'table']],
  ['other', ['probe', 'table', 'other']],
] as const) {
  test(
    `runas SHOULD be the user who called the custom API, here the ${principal}`,
    clause('table.runas-initiator', { branch: `the ${principal}`, needs }),
    async ({ submit, clock, as }) => {
      const answer = await as(principal).api('GET', messages.whoAmI);
      const userId = answer.object()?.['UserId'];
      if (!isGuid(userId)) throw new Undecided(`WhoAmI names no user: ${answer.describe()}`);
      const operation = await withRow({ submit, clock }, { as: principal });
      const { row } = await operation.row();
      expect(String(row['runas']).toLowerCase(), 'runas of the row', row).toBe(userId.toLowerCase());
    },
  );
}

test(
  'runas SHOULD be the user who called the custom API, whoever reads it',
  clause('table.runas-initiator', { branch: 'read by another user', needs: ['probe', 'table', 'other'] }),
  async ({ submit, clock }) => {
    const operation = await withRow({ submit, clock });
    const { row } = await operation.row();
    const answer = await operation.getRow('', [], 'other');
    if (!answer.ok) throw new NotTestable(`another user is answered ${answer.status}`);
    expect(answer.object()?.['runas'], 'runas as another user reads it', answer).toBe(row['runas']);
  },
);
