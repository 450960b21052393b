import { mkdir, mkdtemp, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleResult, type SampleOptions } from './fixtures/sample.ts';
import { readHistory } from './history-files.ts';
import { history, historyEntry } from './history.ts';
import { renderHistory } from './page/history-page.ts';

const day = (number: number): string => new Date(Date.UTC(2026, 0, number)).toISOString();

function entry(number: number, options: SampleOptions = {}) {
  return historyEntry(
    `${number}.json`,
    sampleResult({ checks: 1, failing: [], startedAt: day(number), ...options }),
  );
}

describe('the history of a target', () => {
  it('tells what is broken in the newest run, since when, and the last good run', () => {
    const entries = [
      entry(3, { failing: ['submit.accepted'] }),
      entry(1),
      entry(2, { failing: ['submit.accepted'] }),
    ];
    const [target] = history(entries);
    expect(target?.runs.map(({ startedAt }) => startedAt)).toEqual([day(1), day(2), day(3)]);
    expect(target?.broken).toEqual([
      { id: 'submit.accepted', verdict: 'failed', since: day(2), lastGood: day(1), runs: 2 },
    ]);
  });

  it('calls a clause flaky when its verdict turned twice while no version changed', () => {
    const failing = ['cancel.twice'];
    const [target] = history([entry(1), entry(2, { failing }), entry(3), entry(4)]);
    expect(target?.flaky.map(({ id, turns, lastTurn }) => ({ id, turns, lastTurn }))).toEqual([
      { id: 'cancel.twice', turns: 2, lastTurn: day(3) },
    ]);
    const versions = [
      entry(1),
      entry(2, { failing, suiteVersion: '0.2.0' }),
      entry(3, { suiteVersion: '0.3.0' }),
    ];
    expect(history(versions)[0]?.flaky).toEqual([]);
  });

  it('keeps targets apart', () => {
    const targets = history([entry(1, { targetName: 'a' }), entry(2, { targetName: 'b' })]);
    expect(targets.map(({ name }) => name)).toEqual(['b', 'a']);
  });

  it('has a point of every section for each run', () => {
    const [target] = history([entry(1), entry(2, { failing: ['unknown.row-get'] })]);
    const points = target?.sections.find(({ section }) => section === 'unknown')?.points;
    expect(points).toEqual([{ passed: 6 }, { failed: 1, passed: 5 }]);
  });

  it('becomes a page with a trend', () => {
    const page = renderHistory(history([entry(1), entry(2, { failing: ['submit.accepted'] })]));
    expect(page).toContain('2 runs of 1 target');
    expect(page).toContain('class="f-failed"');
  });
});

describe('a folder of results', () => {
  it('is read with what lies below it, and once only', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'bgop history '));
    await mkdir(path.join(folder, 'night'));
    const text = JSON.stringify(sampleResult({ checks: 1 }));
    const file = path.join(folder, 'night', 'conformance.json');
    await writeFile(file, text);
    await writeFile(path.join(folder, 'other.json'), '{"name":"no result"}');
    const first = await readHistory(folder);
    expect(first.entries.map((one) => one.file)).toEqual(['night/conformance.json']);
    expect(first.skipped[0]).toContain('other.json is not a result');

    await writeFile(file, 'no result any more');
    const { entries } = await readHistory(folder);
    expect(entries).toEqual([]);
  });

  it('is answered from the index as long as size and time of a file stay the same', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'bgop history '));
    const text = JSON.stringify(sampleResult({ checks: 1 }));
    const file = path.join(folder, 'a.json');
    const moment = new Date('2026-01-01T00:00:00.000Z');
    await writeFile(file, text);
    await utimes(file, moment, moment);
    await readHistory(folder);
    await writeFile(file, text.replaceAll('contoso-dev', 'another-one'));
    await utimes(file, moment, moment);
    const { entries } = await readHistory(folder);
    expect(entries[0]?.targetName).toBe('contoso-dev');
  });
});
