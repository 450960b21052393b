import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { knownDeviationsFor } from './known-deviations.ts';

const now = new Date('2026-06-15T12:00:00Z');
const entry = { clause: 'monitor.ok', reason: 'legacy', owner: 'team-a', expires: '2026-12-31' };

async function listOf(value: unknown): Promise<string> {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'bgop known ')), 'known.json');
  await writeFile(file, JSON.stringify(value));
  return file;
}

describe('the list of known deviations', () => {
  it('becomes what the reporter wants, with owner and date in the reason', async () => {
    const file = await listOf([{ ...entry, pattern: 'got 5\\d\\d' }]);
    expect(await knownDeviationsFor(file, false, now)).toEqual({
      knownDeviations: {
        'monitor.ok': { reason: 'legacy (team-a, until 2026-12-31)', pattern: 'got 5\\d\\d' },
      },
    });
    expect(await knownDeviationsFor(null, false, now)).toEqual({});
  });

  it('turns expired entries and unknown ids into problems that say what to change', async () => {
    const file = await listOf([
      { ...entry, expires: '2026-06-01' },
      { ...entry, clause: 'monitor.okk' },
    ]);
    const { problems, knownDeviations } = await knownDeviationsFor(file, false, now);
    expect(knownDeviations).toEqual({});
    expect(problems?.[0]).toContain('expired on 2026-06-01');
    expect(problems?.[1]).toContain('Did you mean "monitor.ok"');
  });

  it.each([
    [[{ ...entry, expires: 'soon' }], '0.expires: found "soon", expected a date'],
    [[{ ...entry, pattern: '(' }], '0.pattern: found "(", expected a regular expression'],
    [[{ clause: 'monitor.ok' }], 'Missing "0.reason": say why the target may deviate'],
    [{}, 'found an object, expected a list'],
    [
      [entry, { ...entry, clause: 'monitor.json' }, entry],
      '2.clause: found a second entry for monitor.ok, beside 0.clause, expected one entry for a clause. Make them one',
    ],
  ])('refuses %j', async (value, expected) => {
    await expect(knownDeviationsFor(await listOf(value), false, now)).rejects.toThrow(expected);
  });

  it('must exist, unless it is about to be written', async () => {
    await expect(knownDeviationsFor('/nowhere/known.json', false, now)).rejects.toThrow('no such file');
    expect(await knownDeviationsFor('/nowhere/known.json', true, now)).toEqual({ knownDeviations: {} });
  });
});
