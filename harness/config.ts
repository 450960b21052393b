import { randomInt } from 'node:crypto';
import path from 'node:path';
import type { SuiteRunPlan } from '../record/run-plan.ts';
import { ConfigError } from './config/error.ts';
import { findConfigFile, readConfigFile } from './config/read.ts';
import { problemsOf } from './config/problems.ts';
import { pollingOf } from './config/polling.ts';
import { configSchema } from './config/schema.ts';
import type { Config, ParsedConfig, TargetConfig } from './config/types.ts';
import { excerpt } from './mask/excerpt.ts';
import { registerSecretsInAddresses, registerSecretsOf } from './secrets.ts';

export { ConfigError } from './config/error.ts';
export type { ConfigProblem } from './config/error.ts';
export type { AuthConfig, ClockConfig, ProbeConfig } from './config/target-schema.ts';
export type { Config, PropertySettings, TargetConfig } from './config/types.ts';

/** What may be given beside a file; each wins over the file. */
export interface ConfigSources {
  /** Path of the configuration file; without it `bgop.config.{json,ts,js}` of `directory`, where there is one. */
  readonly file?: string;
  /** `simulator`, or the address of a target. */
  readonly target?: string;
  readonly overrides?: {
    readonly seed?: number;
    readonly runs?: number;
    readonly slow?: boolean;
    readonly knownDeviations?: string;
    readonly maxRequests?: number;
    readonly waitMs?: number;
  };
  /** Seed where neither file nor overrides have one; a random one by default. */
  readonly fallbackSeed?: number;
  /** Where to look for the file; the working directory by default. */
  readonly directory?: string;
}

/**
 * Loads and checks the configuration.
 *
 * @throws ConfigError that names each wrong key, what stands there, what is wanted and a way out.
 */
export async function loadConfig(sources: ConfigSources = {}): Promise<Config> {
  registerSecretsInAddresses(sources.target);
  const directory = path.resolve(sources.directory ?? '.');
  const file =
    sources.file === undefined ? await findConfigFile(directory) : path.resolve(directory, sources.file);
  const raw = file === undefined ? {} : await readConfigFile(file);
  const origin = file === undefined ? 'configuration' : path.relative(directory, file) || file;
  const input = withSources(withKind(raw), sources);
  return parseConfig(input, { origin, base: file === undefined ? directory : path.dirname(file) });
}

/**
 * Checks a configuration that is at hand as a value; `base` is where relative paths start.
 *
 * @throws ConfigError as {@link loadConfig}.
 */
export function parseConfig(input: unknown, { origin = 'configuration', base = process.cwd() } = {}): Config {
  // Before anything can be said of it: a message repeats what it found.
  registerSecretsInAddresses(input);
  const prepared = withKind(input);
  const parsed = configSchema.safeParse(prepared);
  if (!parsed.success) throw new ConfigError(origin, problemsOf(parsed.error.issues, prepared, configSchema));
  const { target, knownDeviations, properties, polling, ...rest } = parsed.data;
  const config: Config = {
    ...rest,
    polling: pollingOf(target, polling),
    target: named(withClock(target, origin)),
    knownDeviations: knownDeviations === null ? null : path.resolve(base, knownDeviations),
    properties: { ...properties, seed: properties.seed ?? randomInt(2 ** 31 - 1) },
  };
  registerSecretsOf(config);
  return config;
}

/**
 * The configuration of the running suite, from the plan of its run.
 *
 * @throws ConfigError as {@link loadConfig}; Error where there is no run
 */
export function configOfRun(plan: Pick<SuiteRunPlan, 'config'> | undefined): Config {
  if (plan === undefined)
    throw new Error(
      'This process belongs to no run. Run the suite with `bgop verify` or with playwright.config.ts.',
    );
  const { target: given, ...rest } = plan.config;
  // Where a container is reached is in no file; the command line adds it.
  const { reachedAt, ...target } = asObject(given);
  const config = parseConfig({ ...rest, target }, { origin: 'the plan of the run' });
  return typeof reachedAt === 'string' ? { ...config, target: { ...config.target, reachedAt } } : config;
}

/** A target is the simulator unless it says otherwise. */
function withKind(input: unknown): unknown {
  if (!isObject(input) || !isObject(input['target']) || input['target']['kind'] !== undefined) return input;
  return { ...input, target: { kind: 'simulator', ...input['target'] } };
}

function withSources(input: unknown, { target, overrides = {}, fallbackSeed }: ConfigSources): unknown {
  if (!isObject(input)) return input;
  const { seed, runs, slow, knownDeviations, maxRequests, waitMs } = overrides;
  const chosen = target === undefined ? input['target'] : targetOf(target, input['target']);
  const properties = isObject(input['properties'] ?? {})
    ? { ...defined({ seed: fallbackSeed }), ...(input['properties'] as object), ...defined({ seed, runs }) }
    : input['properties'];
  return {
    ...input,
    ...defined({ target: chosen, slow, knownDeviations: absolute(knownDeviations) }),
    ...(maxRequests === undefined ? {} : { budget: { ...asObject(input['budget']), requests: maxRequests } }),
    ...(waitMs === undefined ? {} : { timeouts: { ...asObject(input['timeouts']), waitMs } }),
    properties,
  };
}

/** An address replaces that of a `url` target and keeps what else the file says of it. */
function targetOf(target: string, inFile: unknown): unknown {
  if (target === 'simulator') {
    return isObject(inFile) && inFile['kind'] === 'simulator' ? inFile : { kind: 'simulator' };
  }
  if (!URL.canParse(target)) {
    throw new ConfigError('--target', [
      { key: '', found: JSON.stringify(target), wanted: '"simulator" or an http or https address' },
    ]);
  }
  return isObject(inFile) && inFile['kind'] === 'url'
    ? { ...inFile, url: target }
    : { kind: 'url', url: target };
}

/** Paths from the command line start at the working directory, those in a file at the file. */
function absolute(file: string | undefined): string | undefined {
  return file === undefined ? undefined : path.resolve(file);
}

function withClock<T extends ParsedConfig['target']>(target: T, origin: string): T {
  if (target.kind !== 'url' || target.clock.kind !== 'virtual') return target;
  const { url } = target.clock;
  const resolved = URL.parse(url, `${target.url}/`);
  if (resolved === null || !/^https?:$/.test(resolved.protocol)) {
    throw new ConfigError(origin, [
      {
        key: 'target.clock.url',
        found: JSON.stringify(excerpt(url, 80)),
        wanted: 'an http or https address, or a path on the target',
      },
    ]);
  }
  return { ...target, clock: { ...target.clock, url: resolved.href } };
}

function named(target: ParsedConfig['target']): TargetConfig {
  if (target.name !== undefined) return { ...target, name: target.name };
  if (target.kind === 'url') return { ...target, name: new URL(target.url).host };
  return { ...target, name: target.kind === 'container' ? target.image : 'built-in simulator' };
}

function defined<T extends Record<string, unknown>>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function asObject(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
