import { describe, expect, it } from 'vitest';
import { parseConfig } from '../config.ts';

const pollingAt = (url: string, polling?: object) =>
  parseConfig({ target: { kind: 'url', url }, ...(polling === undefined ? {} : { polling }) }).polling;

describe('polling', () => {
  it('is quick where nobody else is disturbed', () => {
    const quick = { firstMs: 50, factor: 1.5, maxMs: 2_000 };
    expect(parseConfig({}).polling).toEqual(quick);
    for (const url of ['http://127.0.0.1:8080', 'http://localhost', 'http://[::1]:1', 'http://org.localhost'])
      expect(pollingAt(url)).toEqual(quick);
  });

  it('grows to the minute that the documentation advises elsewhere', () => {
    expect(pollingAt('https://contoso.crm.dynamics.com')).toEqual({
      firstMs: 1_000,
      factor: 2,
      maxMs: 60_000,
    });
  });

  it('is what the configuration says', () => {
    expect(pollingAt('https://contoso.crm.dynamics.com', { firstMs: 90_000 })).toEqual({
      firstMs: 90_000,
      factor: 2,
      maxMs: 90_000,
    });
    const given = { firstMs: 10, factor: 3, maxMs: 20 };
    expect(pollingAt('https://contoso.crm.dynamics.com', given)).toEqual(given);
  });
});
