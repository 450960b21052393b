// Puts what the compiler leaves alone beside what it made: styles, data, and the page's script as one file.
import { cp, glob, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundlePage } from './bundle-page.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const folders = [
  'contract',
  'record',
  'simulator',
  'harness',
  'scenarios',
  'specs',
  'reports',
  'traffic',
  'selftest',
  'cli',
];

for await (const file of glob(`{${folders.join(',')}}/**/*.{css,json,svg,html}`, { cwd: root })) {
  if (/(?:^|[\\/])fixtures[\\/]/.test(file)) continue;
  await mkdir(dirname(join(root, 'dist', file)), { recursive: true });
  await cp(join(root, file), join(root, 'dist', file));
}
await cp(join(root, 'simulator/page'), join(root, 'dist/simulator/page'), {
  recursive: true,
  filter: (file) => !/\.ts$/.test(file),
});
const { code } = await bundlePage();
await writeFile(join(root, 'dist/reports/page/script.js'), code);
