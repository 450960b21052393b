import { readFile, stat } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { parseExact } from '../../http/exact-json.ts';
import type { CustomApi } from '../custom-api.ts';
import { CustomApiProblem, customApisFrom, type CustomApisOptions } from './custom-apis-from.ts';
import type { CustomApiFile } from './definition.ts';

/**
 * Reads custom APIs from a file: JSON, or a module (`.ts`, `.js`) whose default export is the same object, in which
 * custom APIs may have a function `execute`. A module is loaded anew when it has changed; what it imports is not.
 *
 * @throws CustomApiProblem that names the file, and each key that is wrong
 */
export async function loadCustomApis(
  file: string,
  options: Pick<CustomApisOptions, 'seed'> = {},
): Promise<CustomApi[]> {
  const content = /\.[cm]?[jt]s$/.test(file) ? await readModule(file) : await readJson(file);
  return customApisFrom(content as CustomApiFile, { ...options, source: file });
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw problem(file, `it cannot be read: ${reasonOf(error)}`);
  });
  try {
    return parseExact(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw problem(file, `it is not JSON: ${reasonOf(error)}`);
  }
}

async function readModule(file: string): Promise<unknown> {
  try {
    const { mtimeMs, size } = await stat(file);
    const url = pathToFileURL(file);
    url.searchParams.set('version', `${mtimeMs}-${size}`);
    const module = (await import(url.href)) as { readonly default?: unknown };
    if (module.default !== undefined) return module.default;
  } catch (error) {
    throw problem(file, `it does not load: ${reasonOf(error)}`);
  }
  throw problem(file, 'its default export has to be an object with "customApis"');
}

function problem(file: string, message: string): CustomApiProblem {
  return new CustomApiProblem([{ key: '', message }], file);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
