import { describe, expect, it } from 'vitest';
import { partsOf } from './batch.ts';
import { headerIn, type TrafficExchange } from './exchange.ts';
import { judgeClients } from './judge-clients.ts';
import { TakeIn } from './take-in.ts';
import { trafficOf } from './traffic.ts';

const origin = 'https://contoso.crm.dynamics.com';
const id = '0f0e0d0c-0b0a-4909-8807-060504030201';
const row = `backgroundoperations(${id})`;
const codes = '{"backgroundoperationstatecode":2,"backgroundoperationstatuscode":22}';

const get = (target: string) => ['Content-Type: application/http', '', `GET ${target} HTTP/1.1`, '', ''];
const patch = ['Content-Type: application/http', '', `PATCH ${row} HTTP/1.1`, 'If-Match: *', '', codes];
const answered = (status: number, body: string) => [
  'Content-Type: application/http',
  '',
  `HTTP/1.1 ${status} Said`,
  'Content-Type: application/json',
  '',
  body,
];

/** A multipart body of sections that are lines each. */
function multi(boundary: string, sections: readonly (readonly string[])[], end = '\r\n'): string {
  return [...sections.flatMap((lines) => [`--${boundary}`, ...lines]), `--${boundary}--`, ''].join(end);
}

const changes = (sections: readonly (readonly string[])[], end?: string) => [
  'Content-Type: multipart/mixed; boundary=changes',
  '',
  multi('changes', sections, end),
];

function batch(body: string, answerBody?: string, type = 'multipart/mixed; boundary="b"'): TrafficExchange {
  return new TakeIn().take({
    from: 0,
    durationMs: 5,
    method: 'POST',
    url: `${origin}/api/data/v9.2/$batch`,
    headers: [
      ['Authorization', 'Bearer eyJsecretsecret'],
      ['Content-Type', type],
    ],
    body,
    status: 200,
    answerHeaders: [['Content-Type', 'multipart/mixed; boundary=batchresponse_1']],
    answerBody,
  });
}

const told = (exchange: TrafficExchange) =>
  partsOf(exchange).map(({ method, url, answer }) => `${method} ${url} ${answer?.status ?? 'no answer'}`);

describe('partsOf', () => {
  it('pairs the parts with their answers, those of a change set included', () => {
    const exchange = batch(
      multi('b', [
        get(`/api/data/v9.2/${row}`),
        changes([patch, patch]),
        get(`${origin}/api/data/v9.2/accounts`),
      ]),
      multi('batchresponse_1', [
        answered(200, codes),
        changes([answered(204, ''), answered(404, '{}')]),
        answered(200, '{}'),
      ]),
    );
    expect(told(exchange)).toEqual([
      `GET ${origin}/api/data/v9.2/${row} 200`,
      `PATCH ${origin}/api/data/v9.2/${row} 204`,
      `PATCH ${origin}/api/data/v9.2/${row} 404`,
      `GET ${origin}/api/data/v9.2/accounts 200`,
    ]);
    const [read, canceled] = partsOf(exchange);
    expect([read?.answer?.body, canceled?.request.body]).toEqual([codes, codes]);
    expect(canceled && headerIn(canceled.request, 'if-match')).toBe('*');
    expect(canceled?.credential).toEqual({ scheme: 'Bearer', key: 'credential 1' });
  });

  it('gives each member of a change set the answer of one that failed, and none to what was not reached', () => {
    const exchange = batch(
      multi('b', [changes([patch, patch]), get(row)]),
      multi('batchresponse_1', [answered(412, '{}')]),
    );
    expect(told(exchange).map((text) => text.replace(/^.*\) /, ''))).toEqual(['412', '412', 'no answer']);
  });

  it.each([
    ['lines that end in LF', multi('b', [get(row), changes([patch], '\n')], '\n'), undefined],
    ['no boundary in its type', multi('b', [get(row), changes([patch])]), 'multipart/mixed'],
    ['a cut body', multi('b', [get(row), changes([patch])]).slice(0, -30), undefined],
  ])('reads %s', (_what, body, type) => {
    expect(told(batch(body, undefined, type)).map((text) => text.split(' ')[0])).toEqual(['GET', 'PATCH']);
  });

  it('gives nothing for what is no batch', () => {
    expect(partsOf(batch('{"requests":[]}', undefined, 'application/json'))).toEqual([]);
    expect(partsOf(batch('', undefined))).toEqual([]);
  });
});

describe('a batch in traffic', () => {
  it('is judged by its parts: the read, the cancellation and the submission that is in vain', () => {
    const submit = [
      'Content-Type: application/http',
      '',
      'POST my_Api HTTP/1.1',
      'Prefer: respond-async',
      'Content-Type: application/json',
      '',
      '{}',
    ];
    const unmatched = patch.filter((line) => !line.startsWith('If-Match'));
    const traffic = trafficOf([
      batch(
        multi('b', [get(row), changes([unmatched, submit])]),
        multi('batchresponse_1', [answered(200, codes), changes([answered(204, ''), answered(204, '')])]),
      ),
    ]);
    expect(traffic.happenings.map(({ kind }) => kind)).toEqual(['read', 'cancellation', 'submission']);
    expect(traffic.operations.map((one) => one.id)).toEqual([id]);
    const broken = judgeClients(traffic).filter(({ outcome }) => outcome === 'broken');
    expect(broken.map(({ clause }) => clause)).toEqual([
      'client-submit.not-in-batch',
      'client-poll.columns',
      'client-cancel.if-match',
    ]);
  });
});
