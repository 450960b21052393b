import { expect, inject, it } from 'vitest';
import { maskText, registerSecret } from '../mask.ts';
import { oneLine, paragraph } from '../visible.ts';
import { maskLikely } from './likely-secrets.ts';
import { SecretIndex } from './secret-index.ts';

// What each pattern begins with, what keeps it going, and what is just not its end.
const pieces = [
  [
    '\\',
    '\\\\"',
    '"',
    '\\"',
    "'",
    ' ',
    '\t',
    '\n',
    '\r\n',
    '\0',
    'a',
    '1',
    ':',
    '::',
    '##',
    '\u001b',
    '\u202e',
  ],
  [
    'password',
    'password"',
    'password\\"',
    'password":"',
    'password\\":\\"',
    'password: ',
    'password=',
    'password":',
  ],
  ['client_secret ', 'api_key"', 'subscription-key=&', '"password"', '\\\\\\"password'],
  [
    'eyJ',
    'aeyJ',
    '-eyJ',
    'aeyJ.',
    'eyJaaaaaaaa.',
    'eyJaaaaaaaa.aaaa',
    'eyJaaaaaaaa.-eyJ',
    'eyJaaaaaaaa.aaaa.',
  ],
  [
    'Bearer ',
    'bearer ',
    'bearer a_',
    'Bearer a_b',
    'bearer 1',
    'Bearer aaaaaaaa',
    'Bearer/',
    'Bearer aaaaaaaa=',
  ],
  ['Basic ', 'Basic aaaaaaaa', 'Basic YTphYTphYTph', '=', '=\r\n', '=4', '=41'],
  ['sig=', '?sig', '&code=', ';sig=a', '%26sig%3D', '%26sig%3D%', '&sig=%', '\\u0026sig', '?sig=bgop-'],
  [
    '%',
    '%2',
    '%25',
    '%2525',
    '%u004',
    '&',
    '&#',
    '&#x',
    '&#x41;',
    '&#65',
    '&amp',
    '&amp;amp;',
    '\\u',
    '\\u{',
    '\\x4',
    '\\1',
  ],
  ['-----BEGIN PRIVATE KEY-----', '-----BEGIN PRIVATE KEY-----"', '-----BEGIN PRIVATE KEY----------END'],
  [
    '-----BEGIN PRIVATE KEY-----","',
    '-----BEGIN PRIVATE KEY-----\\n',
    '","a',
    '-----BEGIN PRIVATE KEY-----",  ',
  ],
  ['-----BEGIN ', '-----BEGIN A A A A', '-----END', '-'],
  ['://', '://a', '://a:', '://a:b', '://a:b@', '://:', 'https://'],
].flat();

/** Seconds of this process for a text of so many repetitions; other processes do not count. */
function cost(run: (text: string) => unknown, piece: string, length: number): number {
  const text = piece.repeat(Math.ceil(length / piece.length));
  const before = process.cpuUsage();
  run(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const small = 4 * 1024;
const times = 8;
/** A time below this, in seconds, says nothing. */
const noise = 0.01;

/** Whether eight times the text takes much more than eight times as long; a square takes 64 times. */
function tooSlow(run: (text: string) => unknown, piece: string): boolean {
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const one = Math.max(noise, cost(run, piece, small));
    if (cost(run, piece, small * times) <= one * times * 3) return false;
  }
  return true;
}

it('takes time linear in the text, whatever it is made of', () => {
  for (const run of [maskLikely, oneLine, paragraph])
    expect(pieces.filter((piece) => tooSlow(run, piece))).toEqual([]);
  // What begins like a secret, and a secret that looks like an escape.
  for (const secret of [
    `eyJ0eXAi${'x'.repeat(1_000)}end`,
    'p4ss~wörd&+/="<x>\'Zz 9',
    '%41%2541\\u0041',
    'пароль-пароль',
  ])
    registerSecret(secret);
  pieces.push('eyJ0eXAi', `eyJ0eXAi${'x'.repeat(999)}`, 'xxxxxend', '%41%2541', 'парол', 'ö');
  expect(pieces.filter((piece) => tooSlow(maskText, piece))).toEqual([]);
}, 60_000);

it('takes no longer for a longer secret, however often the text repeats a part of it', () => {
  const search = (length: number): number => {
    const index = new SecretIndex();
    for (const ends of ['', 'b']) index.add(`${'a'.repeat(length)}${ends}${'a'.repeat(length)}`);
    return cost((text) => index.find(text), 'a', 64 * 1024);
  };
  const isSlow = (): boolean => search(3_000) > 4 * Math.max(0.05, search(300));
  expect(isSlow() && isSlow() && isSlow()).toBe(false);
});

it('bears a body of millions of characters', () => {
  expect(maskLikely(`-----BEGIN PRIVATE KEY-----${'\\'.repeat(8_000_000)}`).length).toBeLessThan(100);
  const length = inject('thorough') ? 8_000_000 : 1_000_000;
  for (const start of ['Bearer ', 'sig=', '"password":"', 'password=', '://a:', 'Basic ', 'eyJ'])
    expect(maskLikely(start + 'a'.repeat(length)).length).toBeLessThan(length + 100);
});

it('looks for the beginning of a secret that is longer than anything that is sent', () => {
  const index = new SecretIndex(100);
  const beginning = 'k7~'.repeat(50).slice(0, 100);
  index.add(beginning + 'z'.repeat(8_000_000));
  expect(index.find(`before ${beginning} after`)).toEqual([{ from: 7, to: 107 }]);
});
