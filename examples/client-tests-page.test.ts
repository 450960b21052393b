import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

const files = globSync(
  ['examples/client-{vitest,jest,node-test,playwright}/*.{ts,js,mjs}', 'examples/client-node-test/*.json'],
  { cwd: root },
).filter((file) => !/app\.mjs$|package\.json$/.test(file));

it.each(files)('docs/client-tests.md shows %s whole', (file) => {
  const shown = readFileSync(`${root}docs/client-tests.md`, 'utf8');
  const kind = /\.(ts|json)$/.exec(file)?.[1] ?? 'js';
  const block = `\`\`\`${kind}\n${readFileSync(root + file, 'utf8')}\`\`\`\n`;
  expect(shown.includes(block), `Copy ${file} into its block of docs/client-tests.md.`).toBe(true);
});
