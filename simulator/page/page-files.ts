import { readFile } from 'node:fs/promises';
import type { PlainAnswer, PlainRequest } from '../plain.ts';

/** Files of the page by their path, and their types. */
const files: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/simulator/': ['index.html', 'text/html; charset=utf-8'],
  '/simulator/page/page.css': ['page.css', 'text/css; charset=utf-8'],
  ...Object.fromEntries(
    ['main', 'dom', 'control', 'operations', 'details', 'journal', 'theme'].map((name) => [
      `/simulator/page/${name}.js`,
      [`${name}.js`, 'text/javascript; charset=utf-8'] as const,
    ]),
  ),
};

/** Nothing but what comes from here runs, is shown or is asked, and no other page may frame it. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The page at `/simulator/`; undefined for a request that asks for anything else. */
export async function pageAnswer({ method, path }: PlainRequest): Promise<PlainAnswer | undefined> {
  const found = Object.hasOwn(files, path) ? files[path] : undefined;
  if (found === undefined || (method !== 'GET' && method !== 'HEAD')) return undefined;
  const [file, type] = found;
  return {
    status: 200,
    headers: [
      ['Content-Type', type],
      ['Content-Security-Policy', policy],
      ['X-Content-Type-Options', 'nosniff'],
      ['Referrer-Policy', 'no-referrer'],
      ['Cache-Control', 'no-cache'],
    ],
    body: method === 'HEAD' ? undefined : await readFile(new URL(file, import.meta.url), 'utf8'),
  };
}
