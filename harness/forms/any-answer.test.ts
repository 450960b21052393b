import { describe, expect, it } from 'vitest';
import { formattedValue } from '../../contract/vocabulary.ts';
import { Answer, type WireAnswer, type WireRequest } from '../answer.ts';
import type { Principal } from '../auth.ts';
import { parseConfig } from '../config.ts';
import { lookAtAnyAnswer } from './any-answer.ts';

const config = parseConfig({ target: { kind: 'simulator' } });
const id = '6b3baca2-5097-4a36-94cb-e8c9e92439de';
const origin = 'https://contoso.example';
const monitor = `${origin}/api/backgroundoperation/${id}`;
const api = `${origin}/api/data/v9.2/`;
const labels = [['Prefer', `odata.include-annotations="${formattedValue}"`]] as const;

interface Seen {
  readonly request?: Partial<WireRequest>;
  readonly answer?: Partial<WireAnswer>;
  readonly as?: Principal;
}

/** The clauses that are charged for one answer. */
function charged({ request, answer, as = 'initiator' }: Seen): string[] {
  const clauses = new Set<string>();
  const asked = { method: 'GET', url: monitor, headers: [], ...request };
  const told = { status: 200, headers: [], body: '', ...answer };
  lookAtAnyAnswer(new Answer(asked, told, (clause) => clauses.add(clause)), as, config);
  return [...clauses];
}

function json(value: unknown, ...fields: readonly (readonly [string, string])[]): Partial<WireAnswer> {
  return { headers: [['Content-Type', 'application/json'], ...fields], body: JSON.stringify(value) };
}

describe('any acceptance', () => {
  const submitted = { method: 'POST', url: `${api}bgop_Probe` };
  const plain = { ...submitted, headers: [['Prefer', 'respond-async']] as const };
  const called = {
    ...submitted,
    headers: [['Prefer', 'respond-async, odata.callback; url="https://receiver.example/a"']] as const,
  };
  const head = (applied = 'respond-async', location = monitor): (readonly [string, string])[] => [
    ['Location', location],
    ['x-ms-dyn-backgroundoperationid', id],
    ['Preference-Applied', applied],
  ];
  const body = { backgroundOperationId: id, location: monitor };

  it.each([
    ['without a callback', { request: plain, answer: { status: 202, headers: head() } }],
    ['with a callback', { request: called, answer: { status: 202, ...json(body, ...head('callback')) } }],
    ['of a synchronous call', { request: submitted, answer: { status: 200 } }],
  ])('is right %s', (_, seen) => {
    expect(charged(seen)).toEqual([]);
  });

  it.each([
    ['submit.id-matches-location', plain, head('respond-async', monitor.replace('6b3b', '7b3b')), {}],
    ['submit.location', plain, head('respond-async', `${api}backgroundoperations(${id})`), {}],
    ['submit.location-absolute', plain, head('respond-async', monitor.slice(origin.length)), {}],
    ['submit.preference-applied', plain, head('odata.maxpagesize=5'), {}],
    ['callback.preference-applied', called, head('respond-async'), body],
    ['callback.accepted-body', called, head('callback'), { ...body, location: `${monitor}0` }],
    ['callback.accepted-body', called, head('callback'), { ...body, backgroundOperationId: { toString: 1 } }],
    ['submit.synchronous-without-preference', submitted, head(), {}],
  ])('breaks %s', (clause, request, headers, value) => {
    const { body: text = '' } = json(value);
    expect(charged({ request, answer: { status: 202, headers, body: text } })).toEqual([clause]);
  });
});

describe('any monitor', () => {
  const running = { backgroundOperationStateCode: 2, backgroundOperationStatusCode: 20 };

  it('is right while its operation runs, and with outputs after its success', () => {
    expect(charged({ answer: json(running) })).toEqual([]);
    const succeeded = { backgroundOperationStateCode: 3, backgroundOperationStatusCode: 30, Text: 'a' };
    expect(charged({ answer: json(succeeded) })).toEqual([]);
  });

  it('may tell of an attempt that failed without a message', () => {
    const failed = { backgroundOperationErrorCode: 0, backgroundOperationErrorMessage: null };
    expect(charged({ answer: json({ ...running, ...failed }) })).toEqual([]);
  });

  it.each([
    ['monitor.json', { ...json(running), headers: [['Content-Type', 'text/plain']] as const }],
    ['monitor.codes', json({ ...running, backgroundOperationStateCode: '2' })],
    ['state.known-pairs', json({ ...running, backgroundOperationStateCode: 0 })],
    ['monitor.no-odata', json({ ...running, '@odata.context': 'x' })],
    ['monitor.no-labels', json({ ...running, [`Count@${formattedValue}`]: '1' })],
    ['monitor.outputs-only-on-success', json({ ...running, Text: null })],
  ])('breaks %s', (clause, answer) => {
    expect(charged({ answer })).toEqual([clause]);
  });
});

describe('any row', () => {
  const waiting = {
    '@odata.context': 'c',
    '@odata.etag': 'W/"1"',
    backgroundoperationid: id,
    backgroundoperationstatecode: 0,
    backgroundoperationstatuscode: 0,
    name: 'bgop_Probe',
    createdon: '2026-01-01T00:00:00Z',
    starttime: null,
    endtime: null,
    outputparameters: null,
    errorcode: null,
    errormessage: null,
    retrycount: 0,
    ttlinseconds: 7_776_000,
  };
  const succeeded = {
    ...waiting,
    backgroundoperationstatecode: 3,
    backgroundoperationstatuscode: 30,
    starttime: '2026-01-01T00:00:01Z',
    endtime: '2026-01-01T00:00:02Z',
  };
  const url = `${api}backgroundoperations(${id})`;
  const version = ['OData-Version', '4.0'] as const;
  const applied = ['Preference-Applied', 'odata.include-annotations="a"'] as const;
  const row = (value: object, query = '', headers: WireRequest['headers'] = []): string[] =>
    charged({ request: { url: url + query, headers }, answer: json(value, version, applied) });

  const named = {
    ...waiting,
    [`backgroundoperationstatecode@${formattedValue}`]: 'Ready',
    [`backgroundoperationstatuscode@${formattedValue}`]: 'Waiting For Resources',
  };

  it('is right while its operation waits, and after its success', () => {
    expect(row(waiting)).toEqual([]);
    expect(row(succeeded)).toEqual([]);
    expect(row(named, '', labels)).toEqual([]);
  });

  it('is looked at, whatever its columns are called and hold', () => {
    const odd = { constructor: 'a', valueOf: null, createdon: { toString: 1 }, toString: 1 };
    expect(row({ ...succeeded, ...odd })).toEqual(['table.column-types', 'table.times']);
    const label = { [`backgroundoperationstatecode@${formattedValue}`]: { toString: null } };
    expect(row({ ...named, ...label }, '', labels)).toEqual(['table.formatted-values']);
  });

  it('breaks table.retrieve without the version of OData', () => {
    expect(charged({ request: { url }, answer: json(waiting) })).toEqual(['table.retrieve']);
  });

  it.each([
    ['table.retrieve', { ...waiting, '@odata.etag': undefined }, ''],
    ['table.select', { ...waiting, name: undefined }, `?$select=${Object.keys(waiting).join()}`],
    ['table.select-only', waiting, '?$select=name'],
    ['table.column-types', { ...waiting, createdon: '2026-01-01' }, ''],
    [
      'table.formatted-values-on-request',
      { ...waiting, [`backgroundoperationstatecode@${formattedValue}`]: 'Ready' },
      '',
    ],
    ['state.known-pairs', { ...succeeded, backgroundoperationstatuscode: 20, endtime: null }, ''],
    ['table.no-endtime-before-end', { ...waiting, endtime: '2026-01-01T00:00:02Z' }, ''],
    [
      'table.outputparameters-only-on-success',
      { ...waiting, outputparameters: '[{"Key":"a","Value":1}]' },
      '',
    ],
    ['table.error-columns', { ...succeeded, errorcode: 0 }, ''],
    ['ttl.default', { ...waiting, ttlinseconds: 60 }, ''],
    ['table.times', { ...succeeded, endtime: '2025-12-31T00:00:00Z' }, ''],
  ])('breaks %s', (clause, value, query) => {
    expect(row(value, query)).toEqual([clause]);
  });

  it.each(['GET', 'PATCH'])('breaks unknown.error-body where the 404 to %s names no id', (method) => {
    const request = { url, method };
    const error = (message: string): Partial<WireAnswer> => ({
      ...json({ error: { message } }),
      status: 404,
    });
    expect(charged({ request, answer: error(`Not found: ${id.toUpperCase()}`) })).toEqual([]);
    expect(charged({ request, answer: error('Not found') })).toEqual(['unknown.error-body']);
    expect(charged({ request, answer: { status: 404 } })).toEqual(['unknown.error-body']);
  });

  it('breaks table.preference-applied where labels come, and the preference is not repeated', () => {
    const request = { url, headers: labels };
    expect(charged({ request, answer: json(named, version) })).toEqual(['table.preference-applied']);
  });

  it('breaks table.formatted-values without the label that was asked for', () => {
    expect(row(waiting, '', labels)).toEqual(['table.formatted-values']);
  });

  describe('in a list', () => {
    const list = (query: string, value: object, headers: WireRequest['headers'] = []): string[] =>
      charged({
        request: { url: `${api}backgroundoperations${query}`, headers },
        answer: json(value, version),
      });
    const another = { ...waiting, backgroundoperationid: id.replace('6b3b', '7b3b') };

    it('is right', () => {
      expect(list('?$top=2&$count=true', { value: [waiting, another], '@odata.count': 2 })).toEqual([]);
      // What another custom API left behind is none of the suite's.
      expect(list('', { value: [{ ...waiting, name: 'other', ttlinseconds: 60 }] })).toEqual([]);
    });

    it('is right without what is left open of pages', () => {
      const further = '?$count=true&$skiptoken=2';
      expect(list(further, { value: [waiting] })).toEqual([]);
      // Where a page size is preferred $top is documented to be ignored.
      const sized = [['Prefer', 'odata.maxpagesize=2']] as const;
      expect(list('?$top=1', { value: [waiting, another] }, sized)).toEqual([]);
    });

    it.each([
      ['table.order-top-count', '?$count=true&$skiptoken=2', { value: [waiting], '@odata.count': 0 }, []],
      ['table.order-top-count', '?$top=1', { value: [waiting, another] }, []],
      ['table.order-top-count', '?$count=true', { value: [waiting] }, []],
      ['table.paging', '', { value: [waiting, another] }, [['Prefer', 'odata.maxpagesize=1']] as const],
      ['table.paging', '', { value: [waiting, waiting] }, []],
      ['table.filter', '?$filter=name eq ’a’', { value: [waiting, waiting] }, []],
      ['ttl.default', '', { value: [waiting, { ...another, ttlinseconds: 60 }] }, []],
    ])('breaks %s, asked for with %s', (clause, query, value, headers) => {
      expect(list(query, value, headers)).toEqual([clause]);
    });
  });
});

describe('any answer to somebody who may not ask', () => {
  const row = { url: `${api}backgroundoperations(${id})` };
  const service = { method: 'POST', url: `${origin}/XRMServices/2011/Organization.svc/web` };
  const refused = { status: 401, headers: [['WWW-Authenticate', 'Bearer realm="a"']] as const };

  it('is right where it is a refusal, or an empty list', () => {
    expect(charged({ as: 'anonymous', answer: refused })).toEqual([]);
    const rows = { url: `${api}backgroundoperations` };
    expect(charged({ as: 'unprivileged', request: rows, answer: json({ value: [] }) })).toEqual([]);
    expect(charged({ as: 'unprivileged', answer: { status: 403 } })).toEqual([]);
  });

  it.each([
    ['access.challenge', 'anonymous', {}, { status: 401 }],
    ['sdk.challenge', 'anonymous', service, { status: 401 }],
    ['access.anonymous', 'anonymous', row, { status: 200 }],
    ['sdk.anonymous', 'anonymous', service, { status: 200 }],
    ['access.unprivileged-row', 'unprivileged', row, { status: 204 }],
    ['access.unprivileged-row', 'unprivileged', { url: `${api}backgroundoperations` }, json({ value: [{}] })],
    ['access.unprivileged-monitor', 'unprivileged', {}, json({})],
  ] as const)('breaks %s', (clause, as, request, answer) => {
    expect(charged({ as, request, answer })).toEqual([clause]);
  });
});

describe('any cancellation that was accepted', () => {
  const codes = { backgroundOperationStateCode: 2, backgroundOperationStatusCode: 22 };
  const row = { method: 'PATCH', url: `${api}backgroundoperations(${id})` };
  const accepted = { status: 204, headers: [['OData-Version', '4.0']] as const };

  it('is right as it is documented', () => {
    expect(charged({ request: { method: 'DELETE' }, answer: json(codes) })).toEqual([]);
    expect(charged({ request: row, answer: accepted })).toEqual([]);
  });

  it('may tell of an attempt that has failed, and have annotations', () => {
    const failed = { backgroundOperationErrorCode: 0, backgroundOperationErrorMessage: null };
    const answer = json({ '@odata.context': 'c', ...codes, ...failed });
    expect(charged({ request: { method: 'DELETE' }, answer })).toEqual([]);
  });

  it.each([
    ['cancel.delete-answer', { method: 'DELETE' }, json({ ...codes, Text: null })],
    ['cancel.patch-answer', row, { ...accepted, headers: [] }],
    ['cancel.patch-answer', row, { ...accepted, body: '{}' }],
  ])('breaks %s', (clause, request, answer) => {
    expect(charged({ request, answer })).toEqual([clause]);
  });
});
