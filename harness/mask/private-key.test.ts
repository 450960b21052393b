import { describe, expect, it } from 'vitest';
import { parseConfig } from '../config.ts';
import { maskDeep, maskKnown } from '../mask.ts';
import { maskLikely } from './likely-secrets.ts';

const body = 'MIIEvQIBADANBgkq\nhkiG9w0BAQ==';

describe('a private key in PEM', () => {
  it.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'PGP PRIVATE KEY BLOCK'])(
    'is masked up to its end: %s',
    (kind) => {
      expect(maskLikely(`a\n-----BEGIN ${kind}-----\n${body}\n-----END ${kind}-----\nb`)).toBe(
        `a\n-----BEGIN ${kind}-----«masked»-----END ${kind}-----\nb`,
      );
    },
  );

  it('is masked with the text where it was cut off, and stays masked', () => {
    const cut = maskLikely(`a -----BEGIN PRIVATE KEY-----\n${body}`);
    expect(cut).toBe('a -----BEGIN PRIVATE KEY-----«masked»');
    expect(maskLikely(cut)).toBe(cut);
  });

  it('leaves the JSON around it JSON', () => {
    const whole = JSON.stringify({ key: `-----BEGIN EC PRIVATE KEY-----\n${body}`, other: 1 });
    expect(JSON.parse(maskLikely(whole))).toEqual({
      key: '-----BEGIN EC PRIVATE KEY-----«masked»',
      other: 1,
    });
    const inner = maskLikely(JSON.stringify({ text: whole }));
    expect(inner).not.toContain('MIIE');
    expect(JSON.parse((JSON.parse(inner) as { text: string }).text)).toMatchObject({ other: 1 });
  });

  const lines = ['-----BEGIN PRIVATE KEY-----', ...body.split('\n'), '-----END PRIVATE KEY-----', 'after'];

  it.each([
    ['', JSON.stringify(lines)],
    ['with space between', JSON.stringify({ key: lines }, null, 2)],
    ['inside a text', JSON.stringify({ text: JSON.stringify(lines, null, 2) })],
    ['with line breaks in them', JSON.stringify(lines.map((line) => `${line}\r\n`))],
    ['without an end', JSON.stringify([...lines.slice(0, 3), '!', 'after'])],
  ])('is masked as a list of its lines in JSON, which stays JSON: %s', (_how, text) => {
    const after = maskLikely(text);
    expect(after).not.toMatch(/MIIE|hkiG/);
    expect(after).toContain('after');
    expect(maskLikely(after)).toBe(after);
    expect(() => JSON.parse(after) as unknown).not.toThrow();
  });

  it('is masked as a list that was cut off, and the list beside it is not', () => {
    expect(maskLikely('["-----BEGIN PRIVATE KEY-----","MIIE","hki')).toBe(
      '["-----BEGIN PRIVATE KEY-----«masked»',
    );
    const beside = '{"a":["-----BEGIN PRIVATE KEY-----"],"b":["MIIE"]}';
    expect(maskLikely(beside)).toBe(beside);
  });

  it('is masked as a list of its lines that is not yet JSON', () => {
    expect(maskDeep({ key: lines })).toEqual({
      key: [lines[0], '«masked»', '«masked»', lines[3], 'after'].map((one) =>
        one === lines[3] ? `«masked»${one}` : one,
      ),
    });
    expect(maskDeep(['-----BEGIN PRIVATE KEY-----', 'MIIE', 7, 'MIIE'])).toEqual([
      '-----BEGIN PRIVATE KEY-----',
      '«masked»',
      7,
      'MIIE',
    ]);
  });

  it('is not a certificate, nor a public key', () => {
    for (const kind of ['CERTIFICATE', 'PUBLIC KEY']) {
      const text = `-----BEGIN ${kind}-----\n${body}\n-----END ${kind}-----`;
      expect(maskLikely(text)).toBe(text);
    }
  });
});

it.each(['PASS', 'DB_PASS', 'dbPass', 'PGPASS', 'PASS_2', 'PWD', 'DB_PW', 'PASSPHRASE'])(
  'masks what a container is given as %s',
  (name) => {
    const value = `value of ${name} in the environment`;
    parseConfig({ target: { kind: 'container', image: 'a', port: 1, env: { [name]: value } } });
    expect(maskKnown(`<${value}>`)).toBe('<«masked»>');
  },
);

it.each(['PASSENGER', 'WIDTH'])('leaves readable what it is given as %s', (name) => {
  const value = `value of ${name} in the environment`;
  parseConfig({ target: { kind: 'container', image: 'a', port: 1, env: { [name]: value } } });
  expect(maskKnown(value)).toBe(value);
});
