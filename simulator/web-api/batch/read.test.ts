import { describe, expect, it } from 'vitest';
import { boundaryOf, splitMultipart } from './multipart.ts';
import { BatchProblem, mostRequests, readBatch } from './read.ts';

const get = (path = '/api/data/v9.2/WhoAmI') => [
  'Content-Type: application/http',
  '',
  `GET ${path} HTTP/1.1`,
  '',
  '',
];
const batch = (...parts: string[][]) => [...parts.flatMap((part) => ['--b', ...part]), '--b--', ''];
const type = 'multipart/mixed; boundary=b';

describe('the boundary', () => {
  it.each([
    ['multipart/mixed; boundary=batch_1', 'batch_1'],
    ['multipart/mixed;boundary="batch 1"', 'batch 1'],
    ['Multipart/Mixed; charset=utf-8; Boundary=a', 'a'],
    ['multipart/mixed', undefined],
    ['multipart/mixed; boundary=""', undefined],
    ['multipart/mixed; boundary="a "', undefined],
    [`multipart/mixed; boundary=${'x'.repeat(71)}`, undefined],
    ['multipart/form-data; boundary=a', undefined],
    [undefined, undefined],
  ])('of %j is %j', (contentType, expected) => {
    expect(boundaryOf(contentType)).toBe(expected);
  });

  it('splits by the whole line only, and takes its characters as they are', () => {
    const text = ['preamble', '--a.b  ', 'X: 1', '', 'one --a.b two', '--axb', '--a.b--', 'epilogue'].join(
      '\r\n',
    );
    expect(splitMultipart(text, 'a.b')).toEqual([{ headers: { x: '1' }, content: 'one --a.b two\r\n--axb' }]);
  });
});

describe('a batch', () => {
  it.each(['\r\n', '\n'])('is read with line ends %j', (end) => {
    const post = [
      'Content-Type: application/http',
      'Content-ID: 1',
      '',
      'POST accounts HTTP/1.1',
      'Prefer: a',
      'prefer: b',
      '',
      '{"name":"x"}',
    ];
    const set = ['Content-Type: multipart/mixed; boundary="c"', '', '--c', ...post, '--c--', ''];
    const body = ['a preamble', ...batch(get(), set)].join(end);
    expect(readBatch(type, body)).toEqual([
      {
        kind: 'request',
        request: { method: 'GET', url: '/api/data/v9.2/WhoAmI', headers: {}, body: '', contentId: undefined },
      },
      {
        kind: 'change-set',
        requests: [
          {
            method: 'POST',
            url: 'accounts',
            headers: { prefer: 'a, b' },
            body: '{"name":"x"}',
            contentId: '1',
          },
        ],
      },
    ]);
  });

  it.each<[string, string | undefined, string[]]>([
    ['a boundary', 'application/json', batch(get())],
    ['a boundary', undefined, batch(get())],
    ["'--other'", 'multipart/mixed; boundary=other', batch(get())],
    ["'--b--'", type, batch(get()).slice(0, -2)],
    ["begin with '--b'", type, []],
    ["begin with '--b'", type, ['--b--']],
    ['application/http', type, ['--b', '--b--']],
    ['application/http', type, batch(['', 'GET / HTTP/1.1', ''])],
    ['request line', type, batch(['Content-Type: application/http', '', 'hello', ''])],
    ['request line', type, batch(['Content-Type: application/http', ''])],
    ['GET', type, batch(['Content-Type: multipart/mixed; boundary=c', '', '--c', ...get(), '--c--'])],
    ['1000 requests', type, batch(...Array.from({ length: mostRequests + 1 }, () => get()))],
  ])('that cannot be read is told with %s', (text, contentType, lines) => {
    const read = () => readBatch(contentType, lines.join('\r\n'));
    expect(read).toThrow(BatchProblem);
    expect(read).toThrow(text);
  });

  it('may have as many requests as the limit says', () => {
    const body = batch(...Array.from({ length: mostRequests }, () => get())).join('\r\n');
    expect(readBatch(type, body)).toHaveLength(mostRequests);
  });
});
