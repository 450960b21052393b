import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clauses } from '../../contract/clauses.ts';
import { launchBrowser, openPage } from '../fixtures/browser.ts';
import { sampleResult } from '../fixtures/sample.ts';
import { render } from '../render.ts';

const musts = clauses.filter(({ level }) => level === 'MUST').length;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await launchBrowser();
const html = render(sampleResult());
/** The machine may be busy with something else. */
const patience = { timeout: 20_000 };

afterAll(async () => {
  await browser?.close();
});

/** Rules that the page breaks, each with the first place. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return await page.evaluate(async () => {
    const { axe: loaded } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const result = await loaded.run();
    return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
  });
}

async function visibleRows(page: Page): Promise<number> {
  return await page.locator('#list li[data-id]:visible').count();
}

describe.skipIf(browser === undefined)('the page in Chromium (skipped without a browser)', () => {
  const open = (place = '', options = {}) => openPage(browser as Browser, html, place, options);
  let page: Page;
  let trouble: readonly string[];

  beforeAll(async () => {
    ({ page, trouble } = await open());
  });

  it('answers what was tested and how it ended on the first screen', async () => {
    const screen = page.viewportSize()?.height ?? 0;
    for (const text of [
      'contoso-dev',
      `Not conformant: 1 of ${musts} MUST requirements is broken`,
      'Look at first',
    ]) {
      const box = await page.getByText(text).first().boundingBox();
      expect(box?.y, text).toBeLessThan(screen);
    }
  });

  it('narrows the list by verdict, level, section and text', async () => {
    const all = await visibleRows(page);
    await page.locator('label.chip', { hasText: 'Failed' }).click();
    expect(await visibleRows(page)).toBe(1);
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.locator('label.chip', { hasText: 'MAY' }).click();
    expect(await visibleRows(page)).toBe(clauses.filter(({ level }) => level === 'MAY').length);
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByRole('combobox', { name: 'Section' }).selectOption('unknown');
    expect(await visibleRows(page)).toBe(6);
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByLabel('Search').fill('terminal message');
    await expect
      .poll(() => page.locator('#shown').textContent(), patience)
      .toContain(` of ${all} requirements`);
    await page.getByLabel('Search').fill('no such requirement at all');
    await page.getByRole('button', { name: 'Show all requirements' }).click();
    expect(await visibleRows(page)).toBe(all);
  });

  it('moves with the keyboard through the list and from requirement to requirement', async () => {
    await page.keyboard.press('Escape');
    await page.locator('#duties h2').click();
    await page.locator('#duties').evaluate((element) => element.scrollIntoView());
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.locator('#clause-title').waitFor();
    expect(page.url()).toContain('#submit.location');
    await page.keyboard.press('k');
    await page.waitForURL(/#submit\.accepted$/);
    await page.keyboard.press('u');
    await page.locator('#list').waitFor();
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('search');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('goes with the keyboard to what is to be looked at first, while that is on the screen', async () => {
    const opened = await open();
    await opened.page.keyboard.press('j');
    await opened.page.keyboard.press('Enter');
    await opened.page.locator('#clause-title').waitFor();
    expect(opened.page.url()).toContain('#cancel.terminal-message');
  });

  it('leads from the difference to the exchange that shows it', async () => {
    const opened = await open('#cancel.terminal-message');
    const check = opened.page.locator('.check[open]');
    await check.getByRole('button', { name: 'Go to the exchange that shows it' }).click();
    const shown = check.locator('.exchange:has(.here)');
    expect(await shown.count()).toBe(1);
    expect(await shown.getAttribute('open')).not.toBeNull();
    expect(await shown.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  });

  it('explains its words where a requirement uses them', async () => {
    const opened = await open('#cancel.terminal-message');
    await opened.page.getByText(/how sure the check is/).click();
    await opened.page.getByRole('link', { name: 'What these words mean' }).click();
    await opened.page.locator('#words dt', { hasText: 'probe' }).waitFor();
  });

  it('says of a run in real time that its checks were proven in virtual time', async () => {
    const sample = sampleResult();
    const inRealTime = render({ ...sample, run: { ...sample.run, clock: 'real' } });
    const opened = await openPage(browser as Browser, inRealTime, '#submit.accepted');
    await opened.page.getByText('That was with a virtual clock').waitFor(patience);
    const usual = await open('#submit.accepted');
    await usual.page.getByText('deliberately broken target').waitFor(patience);
    expect(await usual.page.getByText('That was with a virtual clock').count()).toBe(0);
    const situations = await usual.page.locator('.caught-in li').allTextContents();
    expect(situations.slice(0, 2)).toEqual(['attempt: 0, 2', 'its end: not started, own error']);
  });

  it('opens a clause and a check by its address', async () => {
    const opened = await open('#cancel.terminal-message/check-2');
    const check = opened.page.locator('[id="cancel.terminal-message/check-2"]');
    await check.waitFor();
    expect(await check.getAttribute('open')).not.toBeNull();
    await opened.page.goto(`${opened.url}#duties?section=cancel`);
    await expect.poll(() => visibleRows(opened.page), patience).toBe(20);
    expect(opened.trouble).toEqual([]);
  });

  it('shows expected and actual, the exchange with the offending member, and copies it as curl', async () => {
    const opened = await open('#cancel.terminal-message', {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const check = opened.page.locator('.check').first();
    await check.locator('.mismatch .expected').waitFor();
    expect(await check.locator('.mismatch .expected').textContent()).toBe('31');
    // The exchange that shows it is open without a click.
    const member = check.locator('.exchange[open] mark').first();
    expect(await member.isVisible()).toBe(true);
    expect(await member.textContent()).toContain('backgroundOperationStatusCode');
    await check.locator('.exchange summary', { hasText: 'DELETE' }).click();
    await check.getByRole('button', { name: 'Copy as curl' }).last().click();
    await check.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = await opened.page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain('curl -i -X DELETE https://contoso.crm.dynamics.com/api/backgroundoperation/');
    expect(opened.trouble).toEqual([]);
  });

  it('saves the exchanges of a check as HAR', async () => {
    const opened = await open('#cancel.terminal-message');
    const [download] = await Promise.all([
      opened.page.waitForEvent('download'),
      opened.page.getByRole('button', { name: 'Save as HAR' }).first().click(),
    ]);
    const har = JSON.parse(readFileSync(await download.path(), 'utf8')) as { log: { entries: unknown[] } };
    expect(har.log.entries.length).toBeGreaterThan(3);
  });

  it.each(['light', 'dark'] as const)(
    'breaks no accessibility rule (%s)',
    async (colorScheme) => {
      for (const place of ['', '#cancel.terminal-message', '#submit.no-body']) {
        const opened = await open(place, { colorScheme });
        await opened.page.locator(place === '' ? '#list' : '#clause-title').waitFor();
        for (const summary of await opened.page.locator('#clause .exchange > summary').all())
          await summary.click();
        expect(await violations(opened.page), place).toEqual([]);
        await opened.page.context().close();
      }
    },
    120_000,
  );

  it('names the cells of the map on a touch, and opens one on the second', async () => {
    const opened = await open('', { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    const cell = opened.page.locator('[data-cell="cancel.terminal-message"]');
    await cell.tap();
    expect(await opened.page.locator('#map-name').textContent()).toContain('cancel.terminal-message');
    expect(opened.page.url()).not.toContain('#cancel');
    await cell.tap();
    await opened.page.locator('#clause-title').waitFor();
    expect(opened.page.url()).toContain('#cancel.terminal-message');
    expect(opened.trouble).toEqual([]);
  });

  it('does not scroll sideways on a phone', async () => {
    for (const place of ['', '#cancel.terminal-message']) {
      const opened = await open(place, { viewport: { width: 320, height: 740 } });
      await opened.page.locator(place === '' ? '#list' : '#clause-title').waitFor();
      expect(
        await opened.page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        place,
      ).toBeLessThanOrEqual(0);
    }
  });

  it('prints the list, and behind it the broken requirements with their checks', async () => {
    const opened = await open();
    // At once: browsers that print wait for nothing.
    expect(
      await opened.page.evaluate(() => {
        dispatchEvent(new Event('beforeprint'));
        return document.querySelectorAll('#print article .mismatch').length;
      }),
    ).toBe(2);
    expect(await opened.page.locator('#print details.folded:not([open])').count()).toBe(0);
    expect(await opened.page.locator('#print details.folded .about').count()).toBeGreaterThan(0);
    const pdf = await opened.page.pdf({ format: 'A4' });
    expect(pdf.length).toBeGreaterThan(20_000);
    expect(opened.trouble).toEqual([]);
  });

  it('leaves nothing on the console and asks for nothing', () => {
    expect(trouble).toEqual([]);
  });
});
