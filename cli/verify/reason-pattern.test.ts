import { describe, expect, it } from 'vitest';
import { patternFor } from './reason-pattern.ts';

const id = '9c9ee0b7-4d8e-4a3c-9e6b-2f4c1f0a7d11';

describe('a pattern for reasons', () => {
  it('fits the same failure of another run', () => {
    const pattern = patternFor([`got ${id} at 2026-01-01T00:00:00.000Z from http://127.0.0.1:4711/x`]);
    expect(`got ${id.replaceAll('9', '8')} at 2027-02-03T04:05:06Z from http://127.0.0.1:80/x`).toMatch(
      new RegExp(pattern, 'u'),
    );
    expect(`got none at 2027`).not.toMatch(new RegExp(pattern, 'u'));
  });

  it('quotes every special character, and each reason once', () => {
    const reason = 'a\\b^c$d.e*f+g?h(i)j[k]l{m}n|o/p-q';
    expect(reason).toMatch(new RegExp(`^(?:${patternFor([reason])})$`, 'u'));
    expect(patternFor(['x', 'y', 'x'])).toBe('x|y');
  });

  it('quotes the beginning of a long reason, wherever it is cut', () => {
    for (const before of [390, 396, 399, 400]) {
      const reason = `${'😀'.repeat(before)}${id} and more`;
      expect(reason).toMatch(new RegExp(patternFor([reason]), 'u'));
    }
  });
});
