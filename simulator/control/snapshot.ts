import type { Clock } from '../clock.ts';
import type { KeptOperation, OrganizationContent } from '../organization-content.ts';
import type { World } from '../world.ts';
import { contentOf } from '../organization-load.ts';
import { ControlError } from './control-error.ts';
import type { Faults, KeptFault } from './faults.ts';
import type { Journal } from './journal.ts';

/** The form of snapshots; grows when an older reader would misread them. */
const snapshotVersion = 1;

/** All that a simulator holds, as one JSON document. */
export interface Snapshot extends Omit<OrganizationContent, 'now' | 'operations'> {
  readonly snapshot: typeof snapshotVersion;
  readonly clock: Clock['kind'];
  /** Instant of its clock. */
  readonly at: string;
  readonly operations: readonly KeptOperation[];
  readonly faults: readonly KeptFault[];
  readonly journal: { readonly recording: boolean; readonly entries: number };
}

/** What is kept of a snapshot under a name. */
export interface SnapshotSummary {
  readonly name: string;
  readonly at: string;
  readonly operations: number;
}

/**
 * Takes a snapshot.
 *
 * @throws ControlError while something runs: what is half done cannot be written down
 */
export function takeSnapshot(world: World, journal: Journal, faults: Faults): Snapshot {
  const busy = busyWith(world);
  if (busy !== undefined) {
    throw new ControlError(
      `A snapshot can only be taken while nothing runs, and ${busy}. Wait for it, move the clock, or end it by hand.`,
      409,
    );
  }
  const { now, operations, ...content } = contentOf(world);
  return {
    snapshot: snapshotVersion,
    clock: world.clock.kind,
    at: new Date(now).toISOString(),
    ...content,
    operations: [...operations],
    faults: faults.kept(),
    journal: { recording: journal.recording, entries: journal.most },
  };
}

/** What runs at this moment; undefined for nothing. */
function busyWith({ pending }: World): string | undefined {
  const [executed] = pending.attempts.keys();
  if (executed !== undefined) return `an attempt of the operation '${executed}' is being executed`;
  if (pending.synchronous > 0) return 'a custom API is being executed synchronously';
  return pending.underWay > 0 ? 'a callback or an event is on its way' : undefined;
}

/** The content of a snapshot that was checked. */
export function contentOfSnapshot(snapshot: Snapshot): OrganizationContent {
  return { ...snapshot, now: Date.parse(snapshot.at) };
}
