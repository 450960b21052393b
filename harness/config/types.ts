import type { z } from 'zod';
import type { Polling } from './polling.ts';
import type { configSchema } from './schema.ts';

/** A configuration as the schema leaves it, with the defaults that need nothing else. */
export type ParsedConfig = z.output<typeof configSchema>;

/** What is tested, by `kind`; every default filled in. */
export type TargetConfig = ParsedConfig['target'] & {
  /** For the report; made from kind and address where the file gives none. */
  readonly name: string;
  /** Where a target of the kind `container` is reached, once it is started; never in a file. */
  readonly reachedAt?: string;
};

/** How laws are searched: see `properties` in the configuration. */
export interface PropertySettings {
  readonly seed: number;
  /** Cases a law. */
  readonly runs: number;
  /** Counterexamples that were found once, tried first. */
  readonly regressions: readonly { readonly token: string; readonly note?: string | undefined }[];
}

/** The whole configuration with every default; plain JSON, free of secrets, fit for the plan of a run. */
export type Config = Omit<ParsedConfig, 'target' | 'properties' | 'polling'> & {
  readonly target: TargetConfig;
  readonly polling: Polling;
  readonly properties: PropertySettings;
};
