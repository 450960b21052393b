import { readFileSync } from 'node:fs';
import type { FullConfig } from '@playwright/test/reporter';
import type { Need } from '../contract/clause.ts';
import { clauses } from '../contract/clauses.ts';
import type { KnownDeviation } from './clause-verdict.ts';
import type { Strictness } from './gate.ts';

/** What the runner tells the reporter about the run, as JSON in `BGOP_RUN` or in the configuration's `metadata.bgop`. */
export interface RunMeta {
  readonly suite?: { readonly name: string; readonly version: string };
  readonly target?: { readonly name: string; readonly kind: string; readonly url: string };
  /** With which the run marks what it makes in the target; `bgop cleanup --run` finds it by this. */
  readonly id?: string;
  readonly seed?: number;
  readonly runs?: number;
  readonly slow?: boolean;
  readonly clock?: 'real' | 'virtual';
  /** The command that repeats the run. */
  readonly command?: string;
  /** The patterns of `--only`. */
  readonly only?: readonly string[];
  /** Ids that the patterns select; everything when absent. */
  readonly selected?: readonly string[];
  /** What the target offers. */
  readonly offers?: readonly Need[];
  /** Whether evidence of passed checks is wanted too. */
  readonly evidence?: boolean;
  readonly knownDeviations?: Readonly<Record<string, KnownDeviation>>;
  readonly proven?: Readonly<Record<string, readonly string[]>>;
  /** What failed the run before it began, e.g. an expired known deviation. */
  readonly problems?: readonly string[];
  /** How strictly the gate judges. */
  readonly strictness?: Strictness;
}

/** Where the report goes unless `BGOP_REPORT_DIR` says otherwise. */
export const defaultDirectory = 'conformance-report';

/** The run's metadata: `BGOP_RUN` first, then what the configuration (or a merged blob report) carries. */
export function readRunMeta(config: Pick<FullConfig, 'metadata'>, environment = process.env): RunMeta {
  const text = environment['BGOP_RUN'];
  if (text !== undefined && text !== '') return JSON.parse(text) as RunMeta;
  const carried = (config.metadata as { bgop?: RunMeta } | undefined)?.bgop;
  const strictness = environment[strictnessVariable];
  if (strictness === undefined || strictness === '') return carried ?? {};
  return { ...carried, strictness: JSON.parse(strictness) as Strictness };
}

/** How strictly the gate of joined shards judges; their own strictness counts no more. */
export const strictnessVariable = 'BGOP_STRICTNESS';

/** The ids that a selection leaves out. */
export function leftOutBy(selected: readonly string[] | undefined): ReadonlySet<string> {
  if (selected === undefined) return new Set();
  const wanted = new Set(selected);
  return new Set(clauses.map(({ id }) => id).filter((id) => !wanted.has(id)));
}

/** Name and version of the suite, from the nearest package.json above this file. */
export function suiteOfPackage(): { name: string; version: string } {
  for (const up of ['../package.json', '../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8')) as {
        name: string;
        version: string;
      };
      return { name, version };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new Error('package.json of the suite was not found.');
}
