import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const styles = [
  'base',
  'overview',
  'gate',
  'map',
  'duties',
  'pictures',
  'clause',
  'evidence',
  'narrow',
  'print',
];

/** The page's style, ready to stand in a style element; `more` names further files of `style/`. */
export function pageStyle(more: readonly string[] = []): string {
  const read = (name: string): string =>
    readFileSync(new URL(`./style/${name}.css`, import.meta.url), 'utf8');
  return [...styles, ...more].map(read).join('');
}

/** Where the package has the script; a clone keeps it in a cache. */
const packaged = new URL('./script.js', import.meta.url);
const root = new URL('../../', import.meta.url);
const cache = new URL('node_modules/.cache/bgop/page-script.json', root);
const bundler = new URL('scripts/bundle-page.mjs', root);

/** The script with the files that it was made of, relative to the project. */
interface Bundled {
  readonly code: string;
  readonly modules: readonly string[];
}

/**
 * The page's script, ready to stand in a script element. In the package it was bundled when the package was
 * built; in a clone it is bundled again whenever one of its files is newer than what is in the cache.
 */
export function pageScript(): string {
  if (existsSync(packaged)) return readFileSync(packaged, 'utf8');
  const { code } = cached() ?? bundled();
  return code;
}

/** What the cache has; undefined where that is nothing, or older than one of its files. */
function cached(): Bundled | undefined {
  try {
    const made = statSync(cache).mtimeMs;
    const kept = JSON.parse(readFileSync(cache, 'utf8')) as Bundled;
    const files = [bundler, ...kept.modules.map((name) => new URL(name, root))];
    return files.every((file) => statSync(file).mtimeMs < made) ? kept : undefined;
  } catch {
    return undefined;
  }
}

function bundled(): Bundled {
  const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(bundler)], {
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  });
  if (status !== 0)
    throw new Error(
      `The script of the report's page could not be bundled. Run scripts/setup.sh, then try again. ${stderr}`,
    );
  keep(stdout);
  return JSON.parse(stdout) as Bundled;
}

/** Written beside it and moved, so that no other process reads a part. Where nothing can be written it is bundled each time. */
function keep(text: string): void {
  const part = new URL(`page-script.${process.pid}.json`, cache);
  try {
    mkdirSync(new URL('.', cache), { recursive: true });
    writeFileSync(part, text);
    renameSync(part, cache);
  } catch {
    // The next process bundles it again.
  }
}
