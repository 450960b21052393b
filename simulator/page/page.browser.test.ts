import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import { existsSync } from 'node:fs';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningServer } from '../server.ts';
import { startServer } from '../server.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const installed = '/usr/bin/chromium';
const bundled = existsSync(chromium.executablePath());
const browser: Browser | undefined =
  bundled || existsSync(installed)
    ? await chromium.launch({ ...(bundled ? {} : { executablePath: installed }), args: ['--no-sandbox'] })
    : undefined;
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

describe.skipIf(browser === undefined)('the page at /simulator/ (skipped without a browser)', () => {
  let server: RunningServer;
  let page: Page;
  let trouble: string[];
  beforeEach(async () => {
    server = await startServer({ clock: 'virtual' });
    trouble = [];
  });
  afterEach(async () => {
    await page.context().close();
    await server.close();
  });
  async function open(width: number, colorScheme: 'light' | 'dark' = 'light'): Promise<void> {
    const context = await (browser as Browser).newContext({
      viewport: { width, height: 800 },
      colorScheme,
      // Axe is put into the page by the test; the policy itself is looked at below.
      bypassCSP: true,
    });
    page = await context.newPage();
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') trouble.push(message.text());
    });
    await page.goto(`${server.url}/simulator/`);
  }
  const seed = (as: 'waiting' | 'failed' = 'waiting') =>
    server.simulator.control.operations.seed({ name: 'sample_Echo', as });

  it.each([
    [1280, 'light'],
    [360, 'dark'],
  ] as const)('breaks no rule at %i px in %s', async (width, scheme) => {
    seed('failed');
    await server.simulator.control.organizations.add({ name: 'fabrikam' });
    await fetch(`${server.url}/api/data/v9.2/WhoAmI`);
    server.simulator.control.faults.add({ status: 503, match: { path: '/nowhere' } });
    await open(width, scheme);
    await page.getByRole('button', { name: 'sample_Echo' }).click();
    await page.getByRole('heading', { name: 'sample_Echo: Failed' }).waitFor();
    for (const [link, shown] of [
      ['Operations', 'What happened'],
      ['Journal', 'WhoAmI'],
      ['Faults', '"status":503'],
    ] as const) {
      await page.getByRole('link', { name: link }).click();
      await page.getByText(shown).first().waitFor();
      expect(await violations(page)).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
    }
    expect(trouble).toEqual([]);
  });

  it('moves the clock, cancels, adds faults and resets, by the keyboard', async () => {
    const { id } = seed();
    await open(1280);
    await page.getByRole('button', { name: 'sample_Echo' }).press('Enter');
    await page.getByRole('button', { name: 'Cancel' }).press('Enter');
    await page.getByText('cancellation accepted').waitFor();
    await page.getByRole('button', { name: '+1 s' }).press('Enter');
    await page.getByRole('heading', { name: 'sample_Echo: Canceled' }).waitFor();
    expect(server.simulator.control.operations.get(id)).toMatchObject({ status: 32 });
    await page.getByRole('link', { name: 'Faults' }).press('Enter');
    await page.getByRole('button', { name: 'Add' }).press('Enter');
    await page.getByText('met 0').waitFor();
    page.once('dialog', (dialog) => void dialog.accept());
    await page.getByRole('button', { name: 'Reset…' }).press('Enter');
    await page.getByText('Reset.', { exact: true }).waitFor();
    expect(server.simulator.control.operations.list()).toEqual([]);
  });

  it('finishes with outputs as they are written, says what is wrong with them, and shows errors', async () => {
    const [finished, failed] = [seed(), seed()];
    await open(360);
    const choose = (id: string) => page.locator(`#row-${id}`).getByRole('button').click();
    await choose(finished.id);
    const outputs = page.getByLabel('Outputs, as a JSON object');
    await outputs.fill('{"DecimalValue": 1234567890123456789012345678, }');
    await page.getByRole('button', { name: 'Finish' }).click();
    const message = page.locator('#message.wrong');
    await message.getByText('The body has to be a JSON object').waitFor();
    expect(await message.evaluate((shown) => shown.getBoundingClientRect().top)).toBeGreaterThanOrEqual(0);
    // What is written stays while the list is looked at again and again.
    await page.waitForResponse((answer) => answer.url().includes('/operations?'));
    await outputs.fill((await outputs.inputValue()).replace(', }', ' }'));
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Finish' }).click();
    await page.getByRole('heading', { name: 'sample_Echo: Succeeded' }).waitFor();
    await page.locator('pre', { hasText: '1234567890123456789012345678' }).waitFor();
    await choose(failed.id);
    await page.getByLabel('Error message').fill('no more room');
    await page.getByLabel('Code').fill('-5');
    await page.getByRole('button', { name: 'Fail', exact: true }).click();
    await page.locator('pre', { hasText: '-5: no more room' }).waitFor();
    expect(server.simulator.control.operations.get(failed.id)).toMatchObject({ errorCode: -5 });
  });

  it('has a theme of its own where that is wanted, also at the next visit', async () => {
    await open(1280, 'light');
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    const theme = page.getByRole('button', { name: 'Theme' });
    await theme.press('Enter');
    expect([await theme.textContent(), await ground()]).toEqual(['Theme: light', light]);
    await theme.press('Enter');
    expect(await theme.textContent()).toBe('Theme: dark');
    await page.reload();
    await page.getByText('Theme: dark').waitFor();
    expect(await ground()).not.toBe(light);
    expect(await violations(page)).toEqual([]);
  });

  it('shows the newest of 100,000 operations at once, and older ones page by page', async () => {
    for (let each = 0; each < 100_000; each += 1) seed();
    await open(1280);
    await page.getByText('100,000 in all').waitFor();
    expect(await page.locator('#rows tr').count()).toBe(50);
    const from = performance.now();
    await page.getByRole('button', { name: 'Older' }).click();
    await page.locator('#newest:enabled').waitFor();
    expect(performance.now() - from).toBeLessThan(5_000);
    expect(await page.locator('#rows tr').count()).toBe(50);
  });
});

describe('what the page sends', () => {
  it('is allowed nothing but itself', async () => {
    const server = await startServer();
    const visit = { headers: { accept: 'text/html,*/*' }, redirect: 'manual' } as const;
    expect((await fetch(server.url, visit)).headers.get('location')).toBe('/simulator/');
    expect((await fetch(server.url)).status).toBe(401);
    for (const path of ['', 'page/main.js', 'page/page.css']) {
      const answer = await fetch(`${server.url}/simulator/${path}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-security-policy')).toContain(
        "default-src 'none'; script-src 'self'",
      );
      expect(await answer.text()).not.toMatch(/ on\w+="|style="|innerHTML/);
    }
    expect((await fetch(`${server.url}/simulator/page/none.js`)).status).toBeGreaterThan(399);
    await server.close();
  });
});
