import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Disruption, RawCheck } from '../record/outcome.ts';
import type { WholeBody } from './body-files.ts';
import { bodyName } from './collect.ts';
import { readJournal } from './journal.ts';
import { checksOf } from './recorded-run.ts';
import { reportFiles } from './write.ts';

/** What killed shards left, to be joined with the parts of those that came to their end. */
export interface KilledShards {
  readonly checks: readonly RawCheck[];
  /** Whole bodies by the names that the evidence gives them. */
  readonly bodies: readonly (readonly [string, WholeBody])[];
  readonly disruptions: readonly Disruption[];
  /** Requests that they had sent, as far as they were counted. */
  readonly requests: number;
  /** Why the joined run is not whole, in one sentence; undefined where no shard was killed. */
  readonly incomplete?: string;
}

/** Reads what killed shards left in these folders. */
export function readKilledShards(directories: readonly string[]): KilledShards {
  const runs = directories.flatMap((directory) => readJournal(directory) ?? []);
  if (runs.length === 0) return { checks: [], bodies: [], disruptions: [], requests: 0 };
  const names = runs.map(({ shard }) => shard ?? 'one');
  const killed = names.length === 1 ? `Shard ${names[0]} was` : `Shards ${names.join(', ')} were`;
  return {
    checks: runs.flatMap((run) => checksOf(run, true)),
    bodies: directories.flatMap(bodiesIn),
    disruptions: runs.flatMap(({ disruptions = [] }) => disruptions),
    requests: runs.reduce((sum, { requests = 0 }) => sum + requests, 0),
    incomplete: `${killed} killed before the end; of ${names.length === 1 ? 'it' : 'them'} there is what the journal kept.`,
  };
}

function bodiesIn(directory: string): [string, WholeBody][] {
  const folder = path.join(directory, reportFiles.evidence);
  if (!existsSync(folder)) return [];
  return (
    readdirSync(folder, { withFileTypes: true })
      // A link in a folder that came from elsewhere may lead anywhere.
      .filter((entry) => entry.isFile())
      .map((entry) => `${reportFiles.evidence}/${entry.name}`)
      .filter((name) => bodyName.test(name))
      .map((name) => [name, { path: path.join(directory, name) }])
  );
}
