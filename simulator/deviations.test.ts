import { describe, expect, it } from 'vitest';
import { findClause } from '../contract/clauses.ts';
import { contractBehaviour } from './behaviour.ts';
import {
  clausesWithDeviations,
  findDeviation,
  listDeviations,
  loadDeviation,
  withDeviations,
} from './deviations.ts';

const names = await listDeviations();

describe('the folder of deviations', () => {
  it('has one file a clause', async () => {
    const clauses = await clausesWithDeviations();
    expect(clauses.length).toBeGreaterThan(10);
    expect(new Set(clauses).size).toBe(clauses.length);
    expect(clauses.filter((clause) => findClause(clause) === undefined)).toEqual([]);
  });

  it('gives every deviation a name of its own', () => {
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it.each(names)('finds %s by its name in the file of the clause that it breaks', async (name) => {
    const deviation = await loadDeviation(name);
    expect(deviation.name).toBe(name);
    expect(name.startsWith(`${deviation.breaks}-`)).toBe(true);
    expect(deviation.summary).not.toBe('');
    expect(deviation.alsoBreaks ?? {}).not.toHaveProperty([deviation.breaks]);
  });

  it('tells clauses apart whose ids begin alike', async () => {
    expect((await loadDeviation('submit.location-row-callback')).breaks).toBe('submit.location');
    expect((await loadDeviation('submit.location-absolute-callback')).breaks).toBe(
      'submit.location-absolute',
    );
    expect((await loadDeviation('cancel.no-retry-while-waiting-retried')).breaks).toBe(
      'cancel.no-retry-while-waiting',
    );
  });

  it('refuses any other name', async () => {
    for (const name of ['../server', 'callback.once', 'callback.once-', 'callback.once-toString', '']) {
      expect(await findDeviation(name)).toBeUndefined();
      await expect(loadDeviation(name)).rejects.toThrow(`There is no deviation '${name}'.`);
    }
  });
});

describe('withDeviations', () => {
  it('gives the options of a simulator that is wrong in these ways', async () => {
    const options = await withDeviations('submit.accepted-ok', 'callback.once-twice');
    expect(options.behaviour.answer).not.toBe(contractBehaviour.answer);
    expect(options.behaviour.outbound).not.toBe(contractBehaviour.outbound);
    await expect(withDeviations('submit.accepted')).rejects.toThrow(
      "There is no deviation 'submit.accepted'.",
    );
  });
});
