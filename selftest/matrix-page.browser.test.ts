import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from '@playwright/test';
import { afterAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../reports/fixtures/browser.ts';
import { killMatrix } from './matrix.ts';
import { renderKillMatrix } from './matrix-page.ts';
import type { Trial } from './trial.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await launchBrowser();
const hostile = '<img src=x onerror="document.title=1">';

const trial = (name: string, caught: boolean): Trial => ({
  name,
  breaks: 'cancel.delete-answer',
  summary: `does ${name}`,
  killedBy: caught ? [{ title: 'DELETE MUST be answered', reason: hostile }] : [],
  others: [],
  spared: [],
  undecided: [],
  errors: [],
  durationMs: 1,
});
const page = renderKillMatrix(
  killMatrix('suite 1.0.0', [trial('cancel.delete-answer-one', true), trial('cancel.two', false)], [], 1_000),
);

afterAll(async () => {
  await browser?.close();
});

describe.skipIf(browser === undefined)('the kill matrix as a page (skipped without a browser)', () => {
  it('tells what survived, shows what kills, breaks no rule and is harmless', async () => {
    for (const width of [1280, 360]) {
      const opened = await openPage(browser as Browser, page, '', { viewport: { width, height: 800 } });
      const { page: shown } = opened;
      expect(await shown.getByRole('heading', { level: 1 }).innerText()).toContain(
        '1 of 2 deviations survive',
      );
      expect(await shown.getByText('cancel.two survived: cancel.delete-answer did not fail').count()).toBe(1);
      const caught = shown.locator('details', { hasText: 'cancel.delete-answer-one' });
      expect(await caught.getByText(hostile).isVisible()).toBe(false);
      await caught.locator('summary').click();
      expect(await caught.getByText(hostile).isVisible()).toBe(true);
      expect(await shown.locator('img').count()).toBe(0);
      await shown.evaluate(axe);
      const violations = await shown.evaluate(async () => {
        const { axe: loaded } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string }[] }> };
        };
        return (await loaded.run()).violations.map(({ id }) => id);
      });
      expect(violations).toEqual([]);
      expect(
        await shown.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      expect(opened.trouble).toEqual([]);
      await shown.context().close();
    }
  }, 60_000);
});
