import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Evidence, Exchange, HeaderFields, Received } from '../record/evidence.ts';
import { shortenEvidence } from './shorten-evidence.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const at = '2026-01-01T00:00:00.000Z';

function exchange(request: string, response?: string): Exchange {
  const message = (text: string) => ({ headers: [], body: { text } });
  return {
    ...{ kind: 'exchange', at, durationMs: 1, principal: 'initiator' },
    request: { method: 'POST', url: '/x', ...message(request) },
    ...(response === undefined ? {} : { response: { status: 200, ...message(response) } }),
  } as Exchange;
}

function received(text: string, answered = '200', headers: HeaderFields = []): Received {
  return {
    ...{ kind: 'received', at, purpose: 'probe', method: 'POST', url: '/p' },
    ...{ headers, body: { text }, answered },
  } as Received;
}

const remark = (text: string): Evidence => ({ kind: 'remark', text });
const shorten = (pieces: readonly Evidence[], body = 10, entries = 9) =>
  shortenEvidence(pieces, { body, entries });
/** More than a reader is shown of a text. */
const long = 'x'.repeat(100_000);

describe('the bodies of evidence', () => {
  it('stay the same objects up to the limit, and no word is said of them', () => {
    const pieces = [exchange('0123456789', '0123456789'), exchange(''), received('0123456789'), remark('a')];
    const { evidence, shortened } = shorten(pieces);
    expect(shortened).toBeUndefined();
    expect(evidence.every((piece, index) => piece === pieces[index])).toBe(true);
  });

  it('are cut in the request alone, in the answer alone, and in what was received', () => {
    const cut = { bytes: 11, sha256: sha256('0123456789a') };
    const [asked, answered, got] = shorten([
      exchange('0123456789a', 'b'),
      exchange('b', '0123456789a'),
      received('0123456789a'),
    ]).evidence as readonly [Exchange, Exchange, Received];
    expect(asked.request.body).toEqual({ text: '0123456789', cut });
    expect(asked.response?.body).toEqual({ text: 'b' });
    expect(answered.request.body).toEqual({ text: 'b' });
    expect(answered.response?.body).toEqual({ text: '0123456789', cut });
    expect(got).toMatchObject({ body: { text: '0123456789', cut }, answered: '200' });
    expect(shorten([exchange('0123456789a')]).evidence[0]).not.toHaveProperty('response');
  });

  it('keep the length and hash of a first cut, and end in no half of a character', () => {
    const cut = { bytes: 99, sha256: 'of the whole' };
    const piece = { ...received(''), body: { text: '012345678\u{1f600}', cut } } as Evidence;
    expect(shorten([piece]).evidence[0]).toMatchObject({ body: { text: '012345678\ufffd', cut } });
  });
});

describe('the other texts of evidence', () => {
  it.each<[string, Evidence]>([
    ['an answer of ours', received('', long)],
    ['what was expected', { kind: 'mismatch', subject: 's', expected: long, actual: 'a' }],
    ['what came', { kind: 'mismatch', subject: 's', expected: 'e', actual: long }],
    ['a remark', remark(long)],
    ['a header', received('', '200', [['a', long]])],
    ['a name of a header', received('', '200', [['a'.repeat(5_000), 'b']])],
    [
      'headers',
      received(
        '',
        '200',
        Array.from({ length: 101 }, (_, index) => [`h${index}`, 'v']),
      ),
    ],
  ])('are cut where they are long: %s', (_what, piece) => {
    const { evidence, shortened } = shorten([piece]);
    expect(shortened).toBe('one long text is cut');
    expect(JSON.stringify(evidence[0]).length).toBeLessThan(JSON.stringify(piece).length);
    expect(evidence[0]).toMatchObject({ kind: piece.kind });
  });

  it('keep the beginning of a header, of its name and of its value', () => {
    const [piece] = shorten([
      received('', '200', [['a'.repeat(5_000), `${'b'.repeat(1_000)}${long}`]]),
    ]).evidence;
    const [[name, value] = ['', '']] = (piece as Received).headers;
    expect([name.slice(0, 400), value.slice(0, 900)]).toEqual(['a'.repeat(400), 'b'.repeat(900)]);
    expect(name.length).toBeLessThan(1_000);
  });

  it('stay where they are short: 100 headers, and 4,096 characters of one', () => {
    const headers: HeaderFields = Array.from({ length: 100 }, () => ['n'.repeat(96), 'v'.repeat(4_000)]);
    const pieces: Evidence[] = [
      received('', '200', headers),
      { kind: 'mismatch', subject: 's', expected: 'e', actual: 'a' },
      { kind: 'advanced', at, milliseconds: 1, now: at, durationMs: 1 },
    ];
    const { evidence, shortened } = shorten(pieces);
    expect(evidence).toEqual(pieces);
    expect(shortened).toBeUndefined();
  });
});

describe('the number of pieces', () => {
  const many = Array.from({ length: 20 }, (_, id) => ({ ...exchange(''), id }));
  const idsOf = (evidence: readonly Evidence[]) =>
    evidence.map((piece) => ('id' in piece ? piece.id : piece.kind));

  it('is left alone up to the limit; beyond it the first quarter and the end are kept', () => {
    expect(shorten(many, 10, 20).evidence).toHaveLength(20);
    const { evidence, shortened } = shorten(many, 10, 8);
    expect(idsOf(evidence)).toEqual([0, 1, 14, 15, 16, 17, 18, 19]);
    expect(shortened).toBe('12 of 20 pieces of evidence are left out');
  });

  it('keeps in its place what explains a failure: a mismatch, its exchange, a counterexample', () => {
    const mismatch: Evidence = { kind: 'mismatch', subject: 's', expected: 'e', actual: 'a', exchange: 9 };
    const counterexample = { kind: 'counterexample' } as Evidence;
    const pieces = [...many.slice(0, 12), mismatch, counterexample, ...many.slice(12)];
    expect(idsOf(shorten(pieces, 10, 5).evidence)).toEqual([9, 'mismatch', 'counterexample', 18, 19]);
    expect(idsOf(shorten(pieces, 10, 2).evidence)).toEqual([9, 'mismatch']);
    expect(shorten(pieces, 10, 0).evidence).toEqual([]);
  });

  it('says both what is left out and how much is cut', () => {
    const texts = Array.from({ length: 4 }, () => remark(long));
    expect(shorten(texts, 10, 2).shortened).toBe(
      '2 of 4 pieces of evidence are left out, 2 long texts are cut',
    );
  });
});
