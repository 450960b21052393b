// Takes the pictures of the README and the docs from a report: node scripts/pictures.mjs REPORT-DIR. The report is that of
// bgop verify --deviate cancel.terminal-message-paraphrased --deviate retry.backoff-grows-constant
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';

const report = resolve(process.argv[2] ?? 'conformance-report', 'index.html');
if (!existsSync(report)) throw new Error(`${report} does not exist. Run "bgop verify" first.`);
const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
await mkdir(folder, { recursive: true });

const installed = '/usr/bin/chromium';
const browser = await chromium.launch({
  ...(existsSync(chromium.executablePath()) ? {} : { executablePath: installed }),
  args: ['--no-sandbox'],
});
const views = [
  { name: 'report', place: '', width: 1280, height: 860 },
  { name: 'report-dark', place: '', width: 1280, height: 860, colorScheme: 'dark' },
  { name: 'map', place: '#map', width: 1280, height: 860 },
  { name: 'pictures', place: '#pictures', width: 1280, height: 720 },
  { name: 'phone', place: '', width: 390, height: 844 },
];
for (const { name, place, width, height, colorScheme = 'light' } of views) {
  await take(name, place, { viewport: { width, height }, colorScheme });
}
const page = await browser.newPage();
await page.goto(pathToFileURL(report).href);
const broken = await page
  .locator('#first + .first a')
  .first()
  .getAttribute('href', { timeout: 20_000 })
  .catch(() => null);
if (broken !== null) await take('duty', broken, { viewport: { width: 1280, height: 1000 } });
await browser.close();

async function take(name, place, options) {
  const context = await browser.newContext(options);
  const view = await context.newPage();
  await view.goto(`${pathToFileURL(report).href}${place}`);
  await view.evaluate(() => new Promise((done) => setTimeout(done, 300)));
  await view.screenshot({ path: `${folder}${name}.png` });
  await context.close();
}
