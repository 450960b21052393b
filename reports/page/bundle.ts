import { existsSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';

const folder = new URL('./script/', import.meta.url);
const bundled = new URL('./script.js', import.meta.url);
/** Of the rest of the suite the page uses one module, which needs no other. */
const importLine =
  /^import\b[^;]*?from\s*['"](\.\/[\w-]+|\.\.\/\.\.\/\.\.\/harness\/(?:curl|lookalikes))\.ts['"];[^\n]*$/gm;

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

/**
 * The page's script, ready to stand in a script element. In the package it was bundled when the
 * package was built; in a clone it is put together from its modules.
 */
export function pageScript(): string {
  return existsSync(bundled) ? readFileSync(bundled, 'utf8') : bundleScript();
}

/**
 * Joins the modules of `script/` to one classic script: each module once, after those that it
 * imports. No bundler is needed, because the modules follow three rules that are checked here: they
 * import only each other, without renaming, and no two of them use the same name.
 */
export function bundleScript(entry = './main'): string {
  const done = new Set<string>();
  const parts: string[] = [];
  const add = (name: string): void => {
    if (done.has(name)) return;
    done.add(name);
    const source = plainScript(readFileSync(new URL(`${name}.ts`, folder), 'utf8'));
    for (const [line, imported] of source.matchAll(importLine)) {
      if (/\bas\b/.test(line)) throw new Error(`${name}.ts renames what it imports: ${line}`);
      if (imported !== undefined) add(imported);
    }
    const body = source.replaceAll(importLine, '').replaceAll(/^export (?=\S)/gm, '');
    if (/^\s*(import|export)\b/m.test(body))
      throw new Error(`${name}.ts imports or exports in a way that the page cannot.`);
    parts.push(body);
  };
  add(entry);
  return `(() => {\n'use strict';\n${parts.map(tidy).join('\n')}\n})();\n`;
}

/** TypeScript without its types. */
function plainScript(source: string): string {
  // The function works, but its warning would stand in the output of every run.
  const warn = process.emitWarning;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = warn;
  }
}

/** Without empty lines and the blanks that stood for types. */
function tidy(source: string): string {
  return source
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n');
}
