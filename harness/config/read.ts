import { access } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { readText } from '../files.ts';
import { deepest, nestsTooDeep } from '../json.ts';
import { jsonFault } from '../json-fault.ts';
import { ConfigError } from './error.ts';

/** Names under which a configuration is looked for, first come first served. */
const names = ['bgop.config.json', 'bgop.config.ts', 'bgop.config.js'];

/** The configuration file of a directory; undefined when it has none. */
export async function findConfigFile(directory: string): Promise<string | undefined> {
  for (const name of names) {
    const file = path.join(directory, name);
    if (await exists(file)) return file;
  }
  return undefined;
}

/**
 * The value in a configuration file: JSON, or the default export of a `.ts` or `.js` module.
 *
 * @throws ConfigError when there is no such file, or it cannot be read.
 */
export async function readConfigFile(file: string): Promise<unknown> {
  if (!(await exists(file))) {
    throw problem(
      file,
      'no such file',
      'a configuration file',
      'Check the path after --config, or write one with `bgop init`.',
    );
  }
  if (/\.[cm]?[jt]s$/.test(file)) return readModule(file);
  const text = await readText(file);
  if (nestsTooDeep(text))
    throw problem(file, `JSON that nests deeper than ${deepest} levels`, 'a JSON object');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The words of the runtime quote the file, which may hold a secret.
    throw problem(file, `no JSON (${jsonFault(text) ?? 'it cannot be read'})`, 'a JSON object');
  }
}

async function readModule(file: string): Promise<unknown> {
  let module: { readonly default?: unknown };
  try {
    module = (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
  } catch (error) {
    throw problem(file, `a module that does not load (${reasonOf(error)})`, 'a module with a default export');
  }
  if (module.default === undefined)
    throw problem(file, 'no default export', 'the configuration as default export');
  return module.default;
}

function problem(file: string, found: string, wanted: string, wayOut?: string): ConfigError {
  return new ConfigError(file, [{ key: '', found, wanted, ...(wayOut === undefined ? {} : { wayOut }) }]);
}

function reasonOf(error: unknown): string {
  // The message quotes the file, which may hold a secret.
  if (error instanceof SyntaxError) {
    const line = /^(?:file:)?\S.*:(\d+)$/.exec(error.stack?.split('\n', 1)[0] ?? '')?.[1];
    return line === undefined ? 'a fault of its syntax' : `a fault of its syntax in line ${line}`;
  }
  return error instanceof Error ? error.message : String(error);
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
