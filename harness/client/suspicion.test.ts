import { describe, expect, it } from 'vitest';
import type { WireRequest } from '../answer.ts';
import { TransportError } from '../verdict.ts';
import { faultOf, NoAnswer } from './no-answer.ts';
import { suspicionOf, suspicionOfFault } from './suspicion.ts';

const get: WireRequest = { method: 'GET', url: 'http://target.test/api/data/v9.2/rows', headers: [] };
const post = { ...get, method: 'POST' };
const monitor = { ...get, url: 'http://target.test/api/backgroundoperation/1' };
const json = 'application/json';

function told(
  status: number,
  type?: string,
  body = '',
  location?: string,
  request = get,
): string | undefined {
  const headers: [string, string][] = [
    ...(type === undefined ? [] : [['content-type', type] as [string, string]]),
    ...(location === undefined ? [] : [['Location', location] as [string, string]]),
  ];
  return suspicionOf(request, { status, headers, body })?.what.replace(
    'a gateway in front of the target answered ',
    '',
  );
}

const soap = 'xmlns:p="http://schemas.xmlsoap.org/soap/envelope/"';

it('knows what a cache answers by itself', () => {
  const answered = (status: number, headers: [string, string][] = [], request = get) =>
    suspicionOf(request, { status, headers, body: status === 200 ? '{}' : '' })?.what;
  expect(answered(200, [['Age', '3']])).toContain('it had stored');
  expect(answered(200, [['X-Cache', 'HIT from edge']])).toContain('it had stored');
  expect(answered(304)).toContain('without a condition');
  expect(answered(204)).toContain('204');
  const conditional: WireRequest = { ...get, headers: [['If-None-Match', 'W/"1"']] };
  expect(answered(304, [], conditional)).toBeUndefined();
  expect(answered(200, [['Age', '0']])).toBeUndefined();
  expect(answered(200, [['X-Cache', 'MISS']])).toBeUndefined();
  expect(answered(204, [], post)).toBeUndefined();
});

describe('what may be the answer of something between suite and target', () => {
  it.each<[string | undefined, Parameters<typeof told>]>([
    ['502 (text/html)', [502, 'text/html; charset=utf-8', '<html>']],
    ['503 (an empty body)', [503]],
    ['504 (application/json)', [504, json, '{"message":"Endpoint request timed out"}']],
    ['522 (no content type)', [522, undefined, 'error code: 522']],
    ['500 (text/plain), not in the form of the platform', [500, 'text/plain', 'upstream connect error']],
    ['500 (an empty body), not in the form of the platform', [500]],
    [
      '500 (application/json), not in the form of the platform',
      [500, json, '{"statusCode":500,"message":"x"}'],
    ],
    ['200 with a page (HTML)', [200, 'text/html', '<p>sign in']],
    ['403 with a page (HTML)', [403, undefined, ' <!doctype html>']],
    [
      '302, a redirect to https://login.test/authorize',
      [302, undefined, '', 'https://login.test/authorize?state=secret'],
    ],
    ['403 (application/json), not in the form of the platform', [403, json, '{"message":"Forbidden"}']],
    ['307, a redirect to nowhere', [307]],
    [
      '404 (application/json), not in the form of the platform',
      [404, json, '{"error":{"code":"404","message":"Not Found"}}'],
    ],
    ['an answer came without its whole body (it was empty)', [200, json]],
    ['an answer came without its whole body (its JSON does not end or cannot be read)', [200, json, '{"a":']],
  ])('%s', (what, given) => {
    expect(told(...given)).toBe(what);
  });

  it.each<Parameters<typeof told>>([
    [200, json, '{"a":1}'],
    [200, json, '\uFEFF{"a":1}'],
    [200, json, '['.repeat(100_000)],
    [200, 'text/plain', '17'],
    [202, undefined, '', undefined, post],
    [401],
    [404, json, '{"error":{"code":"0x80060888","message":"Resource not found"}}'],
    [404, json, '{"error":{"code":"","message":"Resource not found"}}'],
    [403, json, '{"error":{"code":"-2147220960","message":"The user lacks a privilege."}}'],
    [500, json, '{"error":{"code":"0x80040216","message":"An unexpected error occurred."}}'],
    [500, json, '{"message":"An unexpected error occurred."}', undefined, monitor],
    [404, json, '{"message":"Not found"}', undefined, monitor],
    [501, json, '{"error":{"code":"0x80060888","message":"not implemented"}}'],
    [500, 'text/xml', `<p:Envelope ${soap}><p:Body><p:Fault><faultcode/>`, undefined, post],
    [500, 'text/xml', `<é:Envelope ${soap}><é:Body><é:Fault\n><faultcode/>`, undefined, post],
    [500, 'text/xml', `<p:Envelope ${soap}><!--${'x'.repeat(9_000)}--><p:Fault>`, undefined, post],
  ])('not %i %s', (...given) => {
    expect(told(...given)).toBeUndefined();
  });
});

describe('the absence of an answer', () => {
  const error = (code: string, more: object = {}) => Object.assign(new Error('failed'), { code, ...more });

  it.each<[string, unknown, boolean]>([
    ['the connection was refused', error('ECONNREFUSED', { syscall: 'connect' }), false],
    ['the connection was reset', error('ECONNRESET', { syscall: 'read' }), true],
    ['the connection was reset', error('ECONNRESET', { syscall: 'connect' }), false],
    ['the connection was refused', new AggregateError([error('ECONNREFUSED')]), false],
    ['the connection was closed before the answer was complete', error('UND_ERR_SOCKET'), true],
    ['the proxy closed the connection', error('UND_ERR_PRX_CONN'), false],
    ['the answer was no HTTP', error('HPE_INVALID_CONSTANT'), true],
    ['the answer was cut short', new Error('terminated'), true],
    [
      'the proxy answered 502 instead of opening a tunnel',
      new Error('Proxy response (502) !== 200 when HTTP Tunneling'),
      false,
    ],
  ])('%s', (what, cause, taken) => {
    expect(suspicionOfFault(new NoAnswer('x', faultOf(cause)))).toEqual({ source: 'network', what, taken });
  });

  it('is no matter of the way where a second try cannot mend it', () => {
    expect(
      suspicionOfFault(new NoAnswer('x', faultOf(error('DEPTH_ZERO_SELF_SIGNED_CERT')))),
    ).toBeUndefined();
    expect(
      suspicionOfFault(new NoAnswer('x', faultOf(new Error('the answer is larger than 64 MB')))),
    ).toBeUndefined();
    expect(suspicionOfFault(new TransportError('signing in failed'))).toBeUndefined();
  });
});

describe('a refusal of a read', () => {
  const read = { method: 'GET', url: 'https://contoso.example/api/x', headers: [] };
  const refusal = (status: number, type: string, body: string) =>
    suspicionOf(read, { status, headers: type === '' ? [] : [['Content-Type', type]], body });

  it('is suspicious, until it repeats, where the platform writes it otherwise', () => {
    for (const [status, type, body] of [
      [404, 'text/plain', '404 page not found'],
      [404, '', ''],
      [404, 'application/json', '{"statusCode":404,"message":"Resource not found"}'],
      [403, 'text/plain', 'denied'],
    ] as const)
      expect(refusal(status, type, body)).toMatchObject({ source: 'gateway', soft: true });
  });

  it('is the target’s in the form of the platform, and where a token or a condition is judged', () => {
    expect(refusal(404, 'application/json', '{"error":{"code":"0x80040217","message":"x"}}')).toBeUndefined();
    expect(refusal(401, '', '')).toBeUndefined();
    expect(refusal(412, '', '')).toBeUndefined();
    expect(suspicionOf({ ...read, method: 'POST' }, { status: 404, headers: [], body: '' })).toBeUndefined();
  });
});

describe('405 of a web framework', () => {
  const put = { ...monitor, method: 'PUT' };
  const refused = (allow: string, body: string, request = put) =>
    suspicionOf(request, { status: 405, headers: [['Allow', allow]], body });
  const html = '<!doctype html><title>405 Method Not Allowed</title>';

  it('is the target’s where it allows the methods of the monitor, whatever is in it', () => {
    expect(refused('GET, HEAD, OPTIONS, DELETE', html)).toBeUndefined();
    expect(refused('DELETE,GET', '')).toBeUndefined();
  });

  it('is a firewall’s where it allows others, or speaks of another resource', () => {
    expect(refused('GET, HEAD', html)).toMatchObject({ refusal: true });
    expect(refused('GET, DELETE, PATCH, PUT, POST', html)).toMatchObject({ refusal: true });
    expect(refused('GET, DELETE', html, { ...put, url: get.url })).toMatchObject({ refusal: true });
  });
});
