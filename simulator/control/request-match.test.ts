import { expect, it } from 'vitest';
import { matcherOf } from './request-match.ts';

const matches = (pattern: string, path: string): boolean =>
  matcherOf({ path: pattern })({ method: 'GET', path });

it.each([
  ['/a/b', '/a/b', true],
  ['/a/b', '/a/bc', false],
  ['/a/*', '/a/', true],
  ['*', '', true],
  ['*b', '/a/b', true],
  ['*b', '/b/a', false],
  ['/a*b*c', '/a-b-b-c', true],
  ['/a*b*c', '/a-c-b', false],
  ['/a**a', '/a', false],
  ['/a*a', '/a/a', true],
  ['/a*ba', '/ab/ba', true],
  ['/a.*', '/ab', false],
])('%s for %s: %s', (pattern, path, expected) => {
  expect(matches(pattern, path)).toBe(expected);
});

it('takes no time for a pattern of many stars', () => {
  const began = process.cpuUsage();
  expect(matches('*a'.repeat(1_000) + 'b', `/${'a'.repeat(30_000)}`)).toBe(false);
  expect(process.cpuUsage(began).user).toBeLessThan(500_000);
});
