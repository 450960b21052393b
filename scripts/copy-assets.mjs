// Puts what the compiler leaves alone beside what it made: the page's style, and its script as one file.
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { bundleScript } from '../reports/page/bundle.ts';

const root = new URL('../', import.meta.url);
const page = new URL('dist/reports/page/', root);

await mkdir(page, { recursive: true });
await cp(new URL('reports/page/style/', root), new URL('style/', page), { recursive: true });
await writeFile(new URL('script.js', page), bundleScript());
