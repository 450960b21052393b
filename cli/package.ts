import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds `cli/` and its sisters: the clone, or `dist/` of the package. */
export const codeRoot = fileURLToPath(new URL('..', import.meta.url));

/** The extension of this project's own modules: sources in a clone, compiled in the package. */
export const moduleExtension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

/** The folder of this project's package.json. */
const packageRoot = existsSync(path.join(codeRoot, 'package.json'))
  ? codeRoot
  : path.dirname(path.resolve(codeRoot));

/** Name and version of the suite. */
export function suiteIdentity(): { readonly name: string; readonly version: string } {
  const file = path.join(packageRoot, 'package.json');
  const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name: string; version: string };
  return { name, version };
}
