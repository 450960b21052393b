import { describe, expect, it } from 'vitest';
import { jsonObject } from '../plain.ts';
import { createKit } from '../test-kit.ts';
import { faultOf, find, operation, pairs, send } from './soap.fixture.ts';

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const soap = (fetch: string) =>
  operation(
    'RetrieveMultiple',
    `<query in:type="x1:FetchExpression"><x1:Query>${escaped(fetch)}</x1:Query></query>`,
  );
const columns = '<attribute name="name"/><attribute name="priority"/>';
const fetchOf = (content: string, attributes = '') =>
  `<fetch version="1.0" ${attributes}><entity name="backgroundoperation">${content}</entity></fetch>`;
const condition = (name: string, operator: string, ...values: string[]) =>
  values.length === 1
    ? `<condition attribute="${name}" operator="${operator}" value="${values[0] ?? ''}"/>`
    : `<condition attribute="${name}" operator="${operator}">${values.map((each) => `<value>${each}</value>`).join('')}</condition>`;
const filter = (content: string, type = 'and') => `<filter type="${type}">${content}</filter>`;
const descending = '<order attribute="priority" descending="true"/>';

/** Five operations with the priorities 0 to 4, and both ways to ask for them. */
async function filled() {
  const kit = createKit();
  for (let index = 0; index < 5; index += 1) {
    const path = `/api/data/v9.2/backgroundoperations(${await kit.submit()})`;
    await kit.call('PATCH', path, { body: { priority: index }, headers: { 'if-match': '*' } });
  }
  const overSoap = (fetch: string) => send(kit, soap(fetch));
  const overWeb = async (fetch: string) => {
    const path = `/api/data/v9.2/backgroundoperations?fetchXml=${encodeURIComponent(fetch)}`;
    return kit.call('GET', path, { headers: { prefer: 'odata.include-annotations="*"' } });
  };
  const soapPriorities = async (fetch: string) =>
    find(await overSoap(fetch), 'Entities').children.map((row) =>
      Number(pairs(find(row, 'Attributes')).priority?.text),
    );
  const webRows = async (fetch: string) =>
    (jsonObject((await overWeb(fetch)).body) as { value: Record<string, unknown>[] }).value;
  return { kit, overSoap, overWeb, soapPriorities, webRows };
}

describe('FetchXML', () => {
  it.each([
    ['no filter', '', [4, 3, 2, 1, 0]],
    ['conditions', filter(condition('priority', 'ge', '2') + condition('priority', 'ne', '3')), [4, 2]],
    ['or', filter(condition('priority', 'eq', '1') + condition('priority', 'gt', '3'), 'or'), [4, 1]],
    ['in', filter(condition('priority', 'in', '1', '4')), [4, 1]],
    ['not-in', filter(condition('priority', 'not-in', '1', '4')), [3, 2, 0]],
    ['between', filter(condition('priority', 'between', '1', '2')), [2, 1]],
    ['not-between', filter(condition('priority', 'not-between', '1', '2')), [4, 3, 0]],
    ['null', filter(condition('starttime', 'not-null')), []],
    ['like', filter(condition('name', 'like', 'bgop%')), [4, 3, 2, 1, 0]],
    ['a beginning', filter(condition('name', 'not-begin-with', 'bgop')), []],
    ['the user', filter(condition('createdby', 'eq-userid')), [4, 3, 2, 1, 0]],
    [
      'two filters, nested ones',
      filter(condition('priority', 'lt', '4')) +
        filter(filter(condition('priority', 'eq', '0') + condition('priority', 'eq', '4'), 'or')),
      [0],
    ],
  ])('filters by %s through both doors', async (_what, content, expected) => {
    const { soapPriorities, webRows } = await filled();
    const fetch = fetchOf(columns + content + descending);
    expect(await soapPriorities(fetch)).toEqual(expected);
    expect((await webRows(fetch)).map(({ priority }) => priority)).toEqual(expected);
  });

  it('pages by the cookie over SOAP, and by number', async () => {
    const { overSoap, soapPriorities } = await filled();
    const page = (more: string) => fetchOf(columns + descending, `count="2" ${more}`);
    const first = await overSoap(page('returntotalrecordcount="true"'));
    expect(find(first, 'MoreRecords').text).toBe('true');
    expect(find(first, 'TotalRecordCount').text).toBe('5');
    const cookie = find(first, 'PagingCookie').text;
    expect(cookie).toMatch(/^<cookie page="1"><backgroundoperationid last="[\w-]+" \/><\/cookie>$/);
    expect(await soapPriorities(page(`page="2" paging-cookie="${escaped(cookie)}"`))).toEqual([2, 1]);
    expect(await soapPriorities(page('page="3"'))).toEqual([0]);
    expect(await soapPriorities(fetchOf(columns + descending, 'top="2"'))).toEqual([4, 3]);
  });

  it('pages by the annotation over the Web API, as its clients decode it', async () => {
    const { overWeb, webRows } = await filled();
    const page = (more: string) => fetchOf(columns + descending, `count="3" ${more}`);
    const body = jsonObject((await overWeb(page('returntotalrecordcount="1"'))).body) ?? {};
    expect(body).toMatchObject({
      '@odata.context': expect.stringContaining('#backgroundoperations(') as unknown,
      '@odata.count': 5,
      '@Microsoft.Dynamics.CRM.morerecords': true,
      '@Microsoft.Dynamics.CRM.totalrecordcount': 5,
    });
    expect(body).not.toHaveProperty(['@odata.nextLink']);
    const annotation = String(body['@Microsoft.Dynamics.CRM.fetchxmlpagingcookie']);
    const decoded = decodeURIComponent(decodeURIComponent(annotation));
    const [, number = '', cookie = ''] =
      /pagenumber="(\d+)" pagingcookie="(<cookie .*<\/cookie>)"/.exec(decoded) ?? [];
    const next = await webRows(page(`page="${number}" paging-cookie="${escaped(cookie)}"`));
    expect(next.map(({ priority }) => priority)).toEqual([1, 0]);
  });

  it('gives all columns, some or none', async () => {
    const { overSoap } = await filled();
    const namesOf = async (content: string) =>
      Object.keys(pairs(find(await overSoap(fetchOf(content)), 'Attributes')));
    expect(await namesOf('<no-attrs/>')).toEqual(['backgroundoperationid']);
    expect((await namesOf('')).length).toBeGreaterThan(10);
    expect(await namesOf('<all-attributes/>')).toEqual(await namesOf(''));
    expect(await namesOf('<attribute name="name"/>')).toEqual(['backgroundoperationid', 'name']);
  });

  it('gives different rows once', async () => {
    const { kit, overSoap, webRows } = await filled();
    const fetch = fetchOf(
      '<attribute name="name"/><attribute name="backgroundoperationstatecode"/>',
      'distinct="true"',
    );
    const rows = find(await overSoap(fetch), 'Entities').children;
    expect(rows).toHaveLength(1);
    expect(rows.map((row) => find(row, 'Id').text)).toEqual(['00000000-0000-0000-0000-000000000000']);
    expect(Object.keys((await webRows(fetch))[0] ?? {})).not.toContain('backgroundoperationid');
    const byPriority = '<attribute name="priority"/><order attribute="priority"/>';
    const page = await webRows(fetchOf(byPriority, 'distinct="true" count="2" page="2"'));
    expect(page.map(({ priority }) => priority)).toEqual([2, 3]);
    expect(await webRows(fetchOf(columns, 'distinct="false"'))).toHaveLength(5);
    await kit.submit();
    expect(await webRows(fetchOf('<all-attributes/>', 'distinct="true"'))).toHaveLength(6);
  });

  it.each([
    ['no XML', '<fetch', 'Invalid FetchXML'],
    ['a document type', '<!DOCTYPE fetch><fetch/>', 'document type definition'],
    ['another root', '<entity/>', "The root is 'entity'"],
    ['no entity', '<fetch/>', 'one entity'],
    ['another table', '<fetch><entity name="account"/></fetch>', "'account'"],
    ['an aggregate', fetchOf(columns, 'aggregate="true"'), 'aggregates'],
    ['a link', fetchOf('<link-entity name="systemuser" from="a" to="b"/>'), 'Link entities'],
    ['an alias', fetchOf('<attribute name="name" alias="n"/>'), 'aliases'],
    ['a column', fetchOf('<attribute name="nothing"/>'), 'nothing'],
    ['an operator', fetchOf(filter(condition('createdon', 'in-fiscal-year', '3'))), 'in-fiscal-year'],
    ['a value', fetchOf(filter(condition('priority', 'eq', '1 or true'))), 'priority'],
    [
      'columns compared',
      fetchOf(filter('<condition attribute="name" operator="eq" valueof="name"/>')),
      'olumn',
    ],
    ['an element', fetchOf('<attributes/>'), "'attributes'"],
    ['a number', fetchOf(columns, 'count="many"'), 'count'],
    ['a top with pages', fetchOf(columns, 'top="1" count="1"'), 'Top.Count'],
    ['a cookie made up', fetchOf(columns, 'count="1" page="2" paging-cookie="x"'), ''],
    ['depth', `${'<a>'.repeat(300)}${'</a>'.repeat(300)}`, '256 levels'],
    ['length', fetchOf(`<!--${'x'.repeat(70_000)}-->`), 'characters'],
  ])('refuses %s aloud', async (_what, fetch, named) => {
    const { overSoap, overWeb } = await filled();
    expect(faultOf(await overSoap(fetch)).message).toContain(named);
    const answer = await overWeb(fetch);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(named.replaceAll('"', '\\"'));
  });

  it('needs the privilege, and stands alone in a query', async () => {
    const { kit } = await filled();
    const path = `/api/data/v9.2/backgroundoperations?fetchXml=${encodeURIComponent(fetchOf(columns))}`;
    expect((await kit.call('GET', path, { token: 'token-unprivileged' })).status).toBe(403);
    expect((await kit.call('GET', `${path}&$top=1`)).status).toBe(400);
  });
});
