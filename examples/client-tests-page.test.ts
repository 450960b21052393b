import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

it.each(globSync('examples/client-vitest/*.ts', { cwd: root }))(
  'docs/client-tests.md shows %s whole',
  (file) => {
    const shown = readFileSync(`${root}docs/client-tests.md`, 'utf8');
    const block = `\`\`\`ts\n${readFileSync(root + file, 'utf8')}\`\`\`\n`;
    expect(shown.includes(block), `Copy ${file} into its block of docs/client-tests.md.`).toBe(true);
  },
);
