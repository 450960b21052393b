import { describe, expect, it } from 'vitest';
import { findClause } from '../contract/clauses.ts';
import { listDeviations, loadDeviation } from './deviations.ts';

const names = await listDeviations();

describe('the folder of deviations', () => {
  it('is not empty', () => {
    expect(names.length).toBeGreaterThan(10);
  });

  it.each(names)('has %s under the name of the clause that it breaks', async (name) => {
    const deviation = await loadDeviation(name);
    expect(findClause(deviation.breaks)).toBeDefined();
    expect(name === deviation.breaks || name.startsWith(`${deviation.breaks}-`)).toBe(true);
  });

  it('refuses a name that no file has', async () => {
    await expect(loadDeviation('../server')).rejects.toThrow("There is no deviation '../server'.");
  });
});
