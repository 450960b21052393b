import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { quickStart } from './quick-start.ts';

test('Playwright still knows each variable that keeps its hooks away', async () => {
  const require = createRequire(createRequire(import.meta.url).resolve('@playwright/test/package.json'));
  const library = path.dirname(require.resolve('playwright/package.json'));
  const loader = await readFile(path.join(library, 'lib', 'common', 'index.js'), 'utf8');
  const ofPlaywright = Object.keys(quickStart()).filter((name) => name.startsWith('PW_'));
  expect(ofPlaywright).not.toEqual([]);
  for (const name of ofPlaywright) expect(loader).toContain(`process.env.${name}`);
});
