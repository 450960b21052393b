import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from '@playwright/test';
import { afterAll, describe, expect, it } from 'vitest';
import { clauses } from '../../contract/clauses.ts';
import { compareResults } from '../compare.ts';
import { launchBrowser, openPage } from '../fixtures/browser.ts';
import { sampleResult } from '../fixtures/sample.ts';
import { history, historyEntry } from '../history.ts';
import { renderComparison } from './compare-page.ts';
import { renderHistory } from './history-page.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await launchBrowser();
const hostile = '<img src=x onerror="document.title=1">\u202E';

const results = [
  sampleResult({ checks: 1, targetName: hostile }),
  sampleResult({
    checks: 1,
    targetName: hostile,
    failing: ['submit.accepted'],
    startedAt: '2026-01-02T06:00:00.000Z',
  }),
  sampleResult({ checks: 1, targetName: hostile, startedAt: '2026-01-03T06:00:00.000Z' }),
];
const pages = {
  comparison: renderComparison(
    compareResults(results.map((result, index) => ({ name: `night ${index}`, result }))),
  ),
  history: renderHistory(history(results.map((result, index) => historyEntry(`${index}.json`, result)))),
};

afterAll(async () => {
  await browser?.close();
});

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return await page.evaluate(async () => {
    const { axe: loaded } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations: found } = await loaded.run();
    return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
  });
}

describe.skipIf(browser === undefined)('the pages of several results (skipped without a browser)', () => {
  it.each(['comparison', 'history'] as const)(
    'of %s breaks no rule, on a phone too, and is harmless',
    async (name) => {
      for (const width of [1280, 360]) {
        const opened = await openPage(browser as Browser, pages[name], '', {
          viewport: { width, height: 800 },
        });
        expect(await violations(opened.page)).toEqual([]);
        expect(
          await opened.page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        ).toBeLessThanOrEqual(0);
        expect(await opened.page.locator('img').count()).toBe(0);
        expect(opened.trouble).toEqual([]);
        await opened.page.context().close();
      }
    },
    120_000,
  );

  it('narrow the matrix to what differs, without a script', async () => {
    const { page } = await openPage(browser as Browser, pages.comparison);
    const rows = (): Promise<number> => page.locator('.matrix tr:has(code):visible').count();
    const all = await rows();
    await page.getByText('Only those that differ').click();
    expect(await rows()).toBe(3);
    expect(all).toBe(clauses.length);
  });
});
