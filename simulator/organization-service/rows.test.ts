import { describe, expect, it } from 'vitest';
import type { Kit } from '../test-kit.ts';
import { createKit } from '../test-kit.ts';
import {
  columnSet,
  execute,
  faultOf,
  find,
  operation,
  pairs,
  parameter,
  request,
  send,
  value,
} from './soap.fixture.ts';

const unknown = '110eaa68-db17-4115-ad74-d185823fc089';

const retrieve = (id: string, ...columns: string[]) =>
  operation(
    'Retrieve',
    `<entityName>backgroundoperation</entityName><id>${id}</id><columnSet>${columnSet(...columns)}</columnSet>`,
  );
const reference = (id: string, table = 'backgroundoperation') =>
  value('x1:EntityReference', `<x1:Id>${id}</x1:Id><x1:LogicalName>${table}</x1:LogicalName>`);
const option = (name: string, code: number) =>
  parameter(name, value('x1:OptionSetValue', `<x1:Value>${code}</x1:Value>`));
const canceled = (id: string) =>
  `<x1:Attributes>${option('backgroundoperationstatecode', 2)}${option('backgroundoperationstatuscode', 22)}` +
  `</x1:Attributes><x1:Id>${id}</x1:Id><x1:LogicalName>backgroundoperation</x1:LogicalName>`;
const cancel = (id: string) => operation('Update', `<entity>${canceled(id)}</entity>`);

describe('Retrieve', () => {
  it('gives option values with their labels, and the key', async () => {
    const kit = createKit();
    const id = await kit.submit();
    await kit.advance(1_000);
    const answer = await send(
      kit,
      retrieve(id, 'name', 'backgroundoperationstatecode', 'createdby', 'errorcode'),
    );
    const entity = find(answer, 'RetrieveResult');
    expect(entity.children.map(({ local }) => local)).toEqual([
      'Attributes',
      'EntityState',
      'FormattedValues',
      'Id',
      'KeyAttributes',
      'LogicalName',
      'RelatedEntities',
      'RowVersion',
    ]);
    const attributes = pairs(find(entity, 'Attributes'));
    expect(Object.keys(attributes).sort()).toEqual([
      'backgroundoperationid',
      'backgroundoperationstatecode',
      'createdby',
      'name',
    ]);
    expect(attributes.backgroundoperationid).toMatchObject({ type: 'guid', text: id });
    expect(attributes.backgroundoperationstatecode).toMatchObject({ type: 'OptionSetValue', text: '3' });
    expect(attributes.createdby?.type).toBe('EntityReference');
    expect(find(attributes.createdby?.element ?? entity, 'LogicalName').text).toBe('systemuser');
    expect(pairs(find(entity, 'FormattedValues')).backgroundoperationstatecode?.text).toBe('Completed');
    expect(entity.children.at(-1)?.text).toMatch(/^\d{18}$/);
  });

  it('has the article’s columns while the operation waits', async () => {
    const kit = createKit();
    const answer = await send(kit, retrieve(await kit.submit(), 'outputparameters', 'errormessage'));
    const attributes = pairs(find(answer, 'Attributes'));
    expect(attributes.outputparameters).toMatchObject({ type: 'string', text: '[]' });
    expect(attributes).not.toHaveProperty('errormessage');
  });

  it('answers the typed request of Execute with a typed result', async () => {
    const kit = createKit();
    const id = await kit.submit();
    const set = parameter('ColumnSet', value('x1:ColumnSet', columnSet('name')));
    const content = request('Retrieve', parameter('Target', reference(id)) + set);
    for (const type of ['x1:RetrieveRequest', '']) {
      const result = find(await send(kit, execute(content, type)), 'ExecuteResult');
      expect(result.type?.local).toBe('RetrieveResponse');
      const entity = pairs(find(result, 'Results')).Entity;
      expect(entity?.type).toBe('Entity');
      expect(pairs(find(result, 'Attributes')).name?.text).toBe('bgop_Probe');
    }
  });

  it('refuses an unknown id with the code and the lines of an elastic table', async () => {
    const { code, message, status } = faultOf(await send(createKit(), retrieve(unknown, 'name')));
    expect({ code, status }).toEqual({ code: -2147185406, status: 500 });
    expect(message).toContain(`Could not find item '${unknown}'.`);
    expect(message).toContain('(404).\n\nStatus: 404\n');
  });

  it('refuses an unknown column, another table and a user without the privileges', async () => {
    const kit = createKit();
    const id = await kit.submit();
    expect(faultOf(await send(kit, retrieve(id, 'no_column')))).toMatchObject({ code: -2147217149 });
    const set = parameter('ColumnSet', value('x1:ColumnSet', columnSet('name')));
    const account = request('Retrieve', parameter('Target', reference(id, 'account')) + set);
    expect(faultOf(await send(kit, execute(account))).message).toContain("'account'");
    const token = 'token-unprivileged';
    expect(faultOf(await send(kit, retrieve(id, 'name'), { token }))).toMatchObject({ code: -2147220960 });
  });
});

describe('Update', () => {
  const statusOf = async (kit: Kit, id: string) => (await kit.monitor(id))?.backgroundOperationStatusCode;

  it('cancels like PATCH', async () => {
    const kit = createKit();
    const id = await kit.submit();
    const answer = await send(kit, cancel(id));
    expect(answer.status).toBe(200);
    expect(find(answer, 'UpdateResponse').children).toEqual([]);
    await kit.advance(60_000);
    expect(await statusOf(kit, id)).toBe(32);
    expect(kit.sent).toEqual([]);
  });

  it('cancels by the typed request of Execute', async () => {
    const kit = createKit();
    const id = await kit.submit();
    const target = parameter('Target', value('x1:Entity', canceled(id)));
    const result = find(
      await send(kit, execute(request('Update', target), 'x1:UpdateRequest')),
      'ExecuteResult',
    );
    expect(result.type?.local).toBe('UpdateResponse');
    expect(pairs(find(result, 'Results'))).toHaveProperty('x-ms-session-token');
    await kit.advance(60_000);
    expect(await statusOf(kit, id)).toBe(32);
  });

  it('refuses a finished operation with the documented text, and an unknown one', async () => {
    const kit = createKit();
    const id = await kit.submit();
    await kit.advance(1_000);
    expect(faultOf(await send(kit, cancel(id)))).toEqual({
      status: 500,
      code: -2147185400,
      message: 'Canceling background operation is not allowed after it is in terminal state.',
    });
    expect(await statusOf(kit, id)).toBe(30);
    expect(faultOf(await send(kit, cancel(unknown)))).toMatchObject({ code: -2147185406 });
    expect(await kit.monitor(unknown)).not.toHaveProperty('backgroundOperationStatusCode');
  });
});

describe('Delete', () => {
  const typed = (id: string) =>
    execute(request('Delete', parameter('Target', reference(id))), 'x1:DeleteRequest');
  const dedicated = (id: string) =>
    operation('Delete', `<entityName>backgroundoperation</entityName><id>${id}</id>`);

  it.each([
    ['by its own operation', dedicated],
    ['by the typed request of Execute', typed],
  ])('removes the row %s, so that nothing is executed', async (_way, remove) => {
    const kit = createKit();
    const id = await kit.submit();
    expect((await send(kit, remove(id), { token: 'token-unprivileged' })).status).toBe(500);
    const answer = await send(kit, remove(id));
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('DeleteResponse');
    await kit.advance(60_000);
    expect(kit.sent).toEqual([]);
    expect(faultOf(await send(kit, remove(id)))).toMatchObject({ code: -2147185406 });
  });
});

describe('RetrieveMultiple', () => {
  const query = (members: string, type = 'QueryExpression') =>
    operation('RetrieveMultiple', `<query in:type="x1:${type}">${members}</query>`);
  const table = '<x1:EntityName>backgroundoperation</x1:EntityName>';
  const columns = `<x1:ColumnSet>${columnSet('name', 'priority')}</x1:ColumnSet>`;
  const condition = (name: string, operator: string, ...values: string[]) =>
    `<x1:ConditionExpression><x1:AttributeName>${name}</x1:AttributeName><x1:Operator>${operator}</x1:Operator>` +
    `<x1:Values>${values.map((each) => `<arr:anyType in:type="xs:string">${each}</arr:anyType>`).join('')}</x1:Values>` +
    '</x1:ConditionExpression>';
  const criteria = (...conditions: string[]) =>
    `<x1:Criteria><x1:Conditions>${conditions.join('')}</x1:Conditions></x1:Criteria>`;
  const order = (name: string, type: string) =>
    `<x1:Orders><x1:OrderExpression><x1:AttributeName>${name}</x1:AttributeName><x1:OrderType>${type}</x1:OrderType></x1:OrderExpression></x1:Orders>`;
  const page = (size: number, number = 1, cookie?: string) =>
    `<x1:PageInfo><x1:Count>${size}</x1:Count><x1:PageNumber>${number}</x1:PageNumber>` +
    `${cookie === undefined ? '' : `<x1:PagingCookie>${cookie}</x1:PagingCookie>`}` +
    '<x1:ReturnTotalRecordCount>true</x1:ReturnTotalRecordCount></x1:PageInfo>';
  const escapedCookie = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

  async function filled() {
    const kit = createKit();
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      ids.push(await kit.submit());
      const path = `/api/data/v9.2/backgroundoperations(${ids[index] ?? ''})`;
      await kit.call('PATCH', path, { body: { priority: index }, headers: { 'if-match': '*' } });
    }
    const priorities = async (content: string) => {
      const answer = await send(kit, content);
      return find(answer, 'Entities').children.map((row) =>
        Number(pairs(find(row, 'Attributes')).priority?.text),
      );
    };
    return { kit, ids, priorities };
  }

  it('filters and orders as the Web API does', async () => {
    const { priorities, ids } = await filled();
    const asked = (conditions: string) =>
      priorities(query(table + columns + conditions + order('priority', 'Descending')));
    expect(await asked('')).toEqual([4, 3, 2, 1, 0]);
    expect(
      await asked(
        criteria(condition('priority', 'GreaterEqual', '2'), condition('priority', 'NotEqual', '3')),
      ),
    ).toEqual([4, 2]);
    expect(await asked(criteria(condition('priority', 'In', '1', '4')))).toEqual([4, 1]);
    expect(await asked(criteria(condition('priority', 'NotIn', '1', '4')))).toEqual([3, 2, 0]);
    expect(await asked(criteria(condition('priority', 'Between', '1', '2')))).toEqual([2, 1]);
    expect(await asked(criteria(condition('backgroundoperationid', 'Equal', ids[3] ?? '')))).toEqual([3]);
    expect(await asked(criteria(condition('name', 'Like', 'bgop%')))).toHaveLength(5);
    expect(await asked(criteria(condition('name', 'DoesNotBeginWith', "bg'op")))).toHaveLength(5);
    expect(await asked(criteria(condition('starttime', 'NotNull')))).toEqual([]);
    expect(await asked(criteria(condition('createdby', 'EqualUserId')))).toHaveLength(5);
    expect(await asked(criteria(condition('createdon', 'LastXHours', '1')))).toHaveLength(5);
    expect(await asked(criteria(condition('createdon', 'OlderThanXMinutes', '1')))).toEqual([]);
    expect(await asked(criteria(condition('createdon', 'Today')))).toHaveLength(5);
    expect(await asked(criteria(condition('createdon', 'NotOn', '2001-01-01T12:00:00Z')))).toHaveLength(5);
  });

  it('nests filters', async () => {
    const { priorities } = await filled();
    const inner =
      '<x1:FilterExpression><x1:FilterOperator>Or</x1:FilterOperator><x1:Conditions>' +
      `${condition('priority', 'Equal', '0')}${condition('priority', 'Equal', '4')}</x1:Conditions></x1:FilterExpression>`;
    const whole =
      `<x1:Criteria><x1:FilterOperator>And</x1:FilterOperator><x1:Filters>${inner}</x1:Filters>` +
      `<x1:Conditions>${condition('priority', 'LessThan', '4')}</x1:Conditions></x1:Criteria>`;
    expect(await priorities(query(table + columns + whole))).toEqual([0]);
  });

  it('pages by cookie and by number, and takes the first rows', async () => {
    const { kit, priorities } = await filled();
    const ordered = table + columns + order('priority', 'Ascending');
    const first = await send(kit, query(ordered + page(2)));
    expect(find(first, 'MoreRecords').text).toBe('true');
    expect(find(first, 'TotalRecordCount').text).toBe('5');
    const cookie = escapedCookie(find(first, 'PagingCookie').text);
    expect(await priorities(query(ordered + page(2, 2, cookie)))).toEqual([2, 3]);
    expect(await priorities(query(ordered + page(2, 2)))).toEqual([2, 3]);
    const last = await send(kit, query(ordered + page(2, 3)));
    expect(find(last, 'Entities').children).toHaveLength(1);
    expect(find(last, 'MoreRecords').text).toBe('false');
    expect(await priorities(query(`${ordered}<x1:TopCount>2</x1:TopCount>`))).toEqual([0, 1]);
  });

  it('refuses a page by its number where long rows end the pages before it early', async () => {
    const kit = createKit();
    const control = `http://listener/${'x'.repeat(9 * 1024 * 1024)}`;
    for (let index = 0; index < 3; index += 1) await kit.submit({ control });
    const ordered = `${table}<x1:ColumnSet><x1:AllColumns>true</x1:AllColumns></x1:ColumnSet>`;
    expect(faultOf(await send(kit, query(ordered + page(3, 2)))).message).toContain('paging cookie');
  });

  it('serves QueryByAttribute and the typed request of Execute', async () => {
    const { kit, priorities } = await filled();
    const members =
      '<x1:Attributes><arr:string>priority</arr:string></x1:Attributes>' +
      `${table}${columns}<x1:Values><arr:anyType in:type="xs:int">3</arr:anyType></x1:Values>`;
    expect(await priorities(query(members, 'QueryByAttribute'))).toEqual([3]);
    const typed = request('RetrieveMultiple', parameter('Query', value('x1:QueryByAttribute', members)));
    const result = find(await send(kit, execute(typed, 'x1:RetrieveMultipleRequest')), 'ExecuteResult');
    expect(result.type?.local).toBe('RetrieveMultipleResponse');
    expect(pairs(find(result, 'Results')).EntityCollection?.type).toBe('EntityCollection');
  });

  it.each([
    ['an operator', query(table + criteria(condition('createdon', 'InFiscalYear', '3'))), 'InFiscalYear'],
    ['a column', query(table + criteria(condition("name eq 'x'", 'Equal', '3'))), "name eq 'x'"],
    ['a value', query(table + criteria(condition('priority', 'Equal', '1 or true'))), 'priority'],
    ['another table', query('<x1:EntityName>account</x1:EntityName>'), 'account'],
    ['a link', query(`${table}<x1:LinkEntities><x1:LinkEntity/></x1:LinkEntities>`), 'Link entities'],
    ['pages of a top', query(`${table}<x1:TopCount>1</x1:TopCount>${page(1)}`), 'Top.Count'],
    ['a far page', query(table + page(5000, 3)), 'paging cookie'],
  ])('refuses %s aloud', async (_what, content, named) => {
    const answer = await send(createKit(), content);
    expect(faultOf(answer).message).toContain(named);
  });
});
