import { failure, problems, success } from './problem.ts';
import type { Problem, InputResult } from './problem.ts';

/** The query options of a request, decoded and told apart. */
export interface Options {
  /** By name with `$`: only supported ones, each once. */
  readonly system: ReadonlyMap<SystemOption, string>;
  /** Parameter aliases by name with `@`. */
  readonly aliases: ReadonlyMap<string, string>;
  /** All others, as OData lets clients send; the last of a name counts. */
  readonly custom: ReadonlyMap<string, string>;
}

/** The system query options that are understood. */
type SystemOption =
  '$select' | '$filter' | '$orderby' | '$top' | '$count' | '$skiptoken' | '$expand' | '$apply';

/** Characters of a query string at most: Dataverse's limit for a GET in a batch. */
export const queryLimit = 65_536;

const supported: ReadonlySet<string> = new Set<SystemOption>([
  '$select',
  '$filter',
  '$orderby',
  '$top',
  '$count',
  '$skiptoken',
  '$expand',
  '$apply',
]);

/** Options that would change the result, so that passing over them would mislead the client. */
const refused: ReadonlyMap<string, () => Problem> = new Map([
  ['$skip', problems.skip],
  ['$search', () => problems.unknownOption('$search')],
  ['$format', () => problems.unknownOption('$format')],
  ['fetchXml', () => problems.notImplementedOption('fetchXml')],
  ['savedQuery', () => problems.notImplementedOption('savedQuery')],
  ['userQuery', () => problems.notImplementedOption('userQuery')],
]);

/**
 * Splits and decodes a raw query string (without `?`). A `+` is a space, as forms write it.
 * Errors: too long, broken percent-encoding, an option that is refused, unknown or repeated.
 */
export function readOptions(query: string): InputResult<Options> {
  if (query.length > queryLimit) return failure(problems.uriTooLong(queryLimit));
  const system = new Map<SystemOption, string>();
  const aliases = new Map<string, string>();
  const custom = new Map<string, string>();
  for (const part of query.split('&')) {
    const equals = part.indexOf('=');
    const name = decode(equals < 0 ? part : part.slice(0, equals));
    const value = decode(equals < 0 ? '' : part.slice(equals + 1));
    if (name === undefined || value === undefined) return failure(problems.malformedEncoding(part));
    const refusal = refused.get(name);
    if (refusal) return failure(refusal());
    if (isSystemOption(name)) {
      if (system.has(name)) return failure(problems.repeatedOption(name));
      system.set(name, value);
    } else if (name.startsWith('$')) {
      return failure(problems.unknownOption(name));
    } else if (name.startsWith('@')) {
      if (aliases.has(name)) return failure(problems.repeatedOption(name));
      aliases.set(name, value);
    } else {
      custom.set(name, value);
    }
  }
  return success({ system, aliases, custom });
}

/**
 * The options with `$` of a query string, decoded, whatever they are: for resources that are no tables. Custom options
 * are left out. Errors: broken percent-encoding, a repeated option.
 */
export function splitOptions(query: string): InputResult<ReadonlyMap<string, string>> {
  const options = new Map<string, string>();
  for (const part of query.split('&')) {
    const equals = part.indexOf('=');
    const name = decode(equals < 0 ? part : part.slice(0, equals));
    const value = decode(equals < 0 ? '' : part.slice(equals + 1));
    if (name === undefined || value === undefined) return failure(problems.malformedEncoding(part));
    if (!name.startsWith('$')) continue;
    if (options.has(name)) return failure(problems.repeatedOption(name));
    options.set(name, value);
  }
  return success(options);
}

function isSystemOption(name: string): name is SystemOption {
  return supported.has(name);
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
