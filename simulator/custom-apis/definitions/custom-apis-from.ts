import type { CustomApi } from '../custom-api.ts';
import { problemsOfApis, type DefinitionProblem } from './check.ts';
import { compileApi } from './compile.ts';
import type { CustomApiFile } from './definition.ts';
import { customApiFileSchema } from './schema.ts';

/** Definitions of custom APIs that cannot be used. The message has a line for each problem, with its key. */
export class CustomApiProblem extends Error {
  override readonly name = 'CustomApiProblem';
  /** At least one. */
  readonly problems: readonly DefinitionProblem[];

  constructor(problems: readonly DefinitionProblem[], source = 'Custom APIs') {
    const lines = problems.map(({ key, message }) => `  ${key === '' ? '' : `${key}: `}${message}`);
    super(`${source} cannot be used:\n${lines.join('\n')}`);
    this.problems = problems;
  }
}

/** How definitions become custom APIs. */
export interface CustomApisOptions {
  /** Of what is drawn by weights; the same seed and order of attempts give the same outcomes. Default: 1. */
  readonly seed?: number;
  /** What messages call the definitions, such as a file's name. */
  readonly source?: string;
}

/**
 * Makes custom APIs of the content of a file, or of the same objects in code:
 * `createSimulator({ customApis: customApisFrom({ customApis: [ … ] }) })`.
 *
 * A member of `customApis` that has a function `execute` is a custom API in code, and is taken as it is.
 *
 * @throws CustomApiProblem that names each key that is wrong
 */
export function customApisFrom(
  content:
    CustomApiFile | { readonly customApis: readonly (CustomApi | CustomApiFile['customApis'][number])[] },
  { seed = 1, source }: CustomApisOptions = {},
): CustomApi[] {
  const given: unknown = content;
  const members = hasList(given) ? given.customApis : [];
  const coded = new Map(members.flatMap((api, index) => (isCoded(api) ? [[index, api] as const] : [])));
  // Code stands in its place as the smallest definition, so that the keys of the others count right.
  const data = hasList(given)
    ? { ...given, customApis: members.map((api) => (isCoded(api) ? { uniqueName: api.uniqueName } : api)) }
    : given;
  const read = customApiFileSchema.safeParse(data);
  if (!read.success)
    throw new CustomApiProblem(
      read.error.issues.flatMap((issue) => problemsOf(issue)),
      source,
    );
  const problems = problemsOfApis(read.data.customApis);
  if (problems.length > 0) throw new CustomApiProblem(problems, source);
  return read.data.customApis.map((api, index) => coded.get(index) ?? compileApi(api, seed + index));
}

function hasList(value: unknown): value is { readonly customApis: readonly unknown[] } {
  return (
    typeof value === 'object' && value !== null && 'customApis' in value && Array.isArray(value.customApis)
  );
}

function isCoded(api: unknown): api is CustomApi {
  return typeof api === 'object' && api !== null && 'execute' in api && typeof api.execute === 'function';
}

/** An issue of the schema, as far as unions let it be seen: of an attempt the branch counts that fits best. */
interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Issue[])[];
}

function problemsOf(issue: Issue, before: readonly PropertyKey[] = []): DefinitionProblem[] {
  const path = [...before, ...issue.path];
  const [best] = (issue.errors ?? []).toSorted((a, b) => depthOf(b) - depthOf(a) || a.length - b.length);
  if (best !== undefined) return best.flatMap((each) => problemsOf(each, path));
  if (issue.code !== 'unrecognized_keys') return [{ key: keyOf(path), message: `wanted ${issue.message}` }];
  return (issue.keys ?? []).map((key) => ({ key: keyOf([...path, key]), message: 'there is no such key' }));
}

function depthOf(issues: readonly Issue[]): number {
  return Math.max(...issues.map(({ path, code }) => path.length - (code === 'unrecognized_keys' ? 1 : 0)));
}

function keyOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((key, part) => {
    if (typeof part === 'number') return `${key}[${part}]`;
    return key === '' ? String(part) : `${key}.${String(part)}`;
  }, '');
}
