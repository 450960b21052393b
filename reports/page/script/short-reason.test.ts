import { describe, expect, it } from 'vitest';
import { shortReason } from './short-reason.ts';

describe('a reason in short', () => {
  it('keeps of two objects what differs', () => {
    expect(
      shortReason(
        'monitor: expected {"Text":null,"state":3,"status":32}, got {"Text":"done","state":3,"status":30}',
      ),
    ).toBe(
      'monitor: expected {"Text":null,"status":32}, got {"Text":"done","status":30} (the other members are equal)',
    );
  });

  it('cuts a long side, so that the other can be read, and keeps what is noted behind both', () => {
    const long = 'ab'.repeat(200);
    const short = shortReason(`text: expected "x${long}… (20006 characters), got "y" (seen twice)`);
    expect(short.length).toBeLessThan(200);
    expect(short).toMatch(/^text: expected "xab.*…" \(20006 characters\), got "y" \(seen twice\)$/);
    expect(shortReason('codes: expected {"a":1,"b":2}, got {"a":1,"b":3} (seen twice)')).toBe(
      'codes: expected {"b":2}, got {"b":3} (the other members are equal) (seen twice)',
    );
  });

  it('keeps of two long texts the part around the difference, and the number of further checks', () => {
    const long = '/bgop/3daffdbc-1/fa7e84eb37ba4f2f884f899a36461238?z=1&a=';
    expect(shortReason(`URL: expected "${long}Z", got "${long}z" (and in 8 more checks)`)).toBe(
      'URL: expected "…61238?z=1&a=Z", got "…61238?z=1&a=z" (and in 8 more checks)',
    );
    expect(shortReason(`expected "x${long}", got "y${long}"`)).toBe(
      'expected "x/bgop/3daffd…", got "y/bgop/3daffd…"',
    );
  });

  it('shows JSON in a text as it is, not escaped', () => {
    expect(shortReason(String.raw`outputparameters: expected an array, got "{\"Text\":\"a\"}"`)).toBe(
      'outputparameters: expected an array, got the text {"Text":"a"}',
    );
  });

  it('leaves alone what is short or says no such thing', () => {
    for (const reason of ['retrycount: expected 3, got 4', 'blocked by monitor.codes', 'expected {x, got {y'])
      expect(shortReason(reason)).toBe(reason);
  });
});
