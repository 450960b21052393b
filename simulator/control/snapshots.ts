import type { OrganizationContent } from '../organization-content.ts';
import type { World } from '../world.ts';
import { checkSnapshot } from './check-snapshot.ts';
import { ControlError } from './control-error.ts';
import { checkFaultRule } from './fault-rule.ts';
import type { Faults } from './faults.ts';
import type { Journal } from './journal.ts';
import type { Snapshot, SnapshotSummary } from './snapshot.ts';
import { contentOfSnapshot, takeSnapshot } from './snapshot.ts';

/** Snapshots that are kept under a name. */
export interface ControlSnapshots {
  /**
   * Takes a snapshot of all that the simulator holds, and keeps it under the name, if there is one.
   *
   * @throws ControlError while something runs
   */
  readonly take: (name?: string) => Snapshot;
  readonly list: () => SnapshotSummary[];
  /** The snapshot of a name; undefined if there is none. */
  readonly get: (name: string) => Snapshot | undefined;
  /** Forgets a snapshot; false if there is none of this name. */
  readonly remove: (name: string) => boolean;
  /** Puts everything back as a snapshot has it, by its name or the document itself. The journal is empty afterwards. */
  readonly restore: (from: string | Snapshot) => void;
}

/** Snapshots that are kept at the same time at most. */
const mostSnapshots = 20;

const nameForm = /^[\w.-]{1,100}$/;

/** Makes them. `replace` starts the organization anew with other content. */
export function createSnapshots(
  journal: Journal,
  faults: Faults,
  current: () => { readonly world: World },
  replace: (content: OrganizationContent) => void,
): ControlSnapshots {
  const kept = new Map<string, Snapshot>();
  return {
    take(name) {
      if (name !== undefined && !(typeof name === 'string' && nameForm.test(name))) {
        throw new ControlError('The name of a snapshot has to be 1 to 100 letters, digits, ".", "_" or "-".');
      }
      if (name !== undefined && !kept.has(name) && kept.size >= mostSnapshots) {
        throw new ControlError(`At most ${mostSnapshots} snapshots are kept. Remove one first.`, 409);
      }
      const snapshot = takeSnapshot(current().world, journal, faults);
      if (name !== undefined) kept.set(name, snapshot);
      return snapshot;
    },
    list: () => [...kept].map(([name, { at, operations }]) => ({ name, at, operations: operations.length })),
    get: (name) => kept.get(name),
    remove: (name) => kept.delete(name),
    restore(from) {
      const snapshot = typeof from === 'string' ? kept.get(from) : checkSnapshot(from);
      if (snapshot === undefined) throw new ControlError(`There is no snapshot '${String(from)}'.`, 404);
      const { kind } = current().world.clock;
      if (snapshot.clock !== kind) {
        throw new ControlError(
          `The snapshot was taken with a ${snapshot.clock} clock, and this one is ${kind}: start with --clock ${snapshot.clock}.`,
          409,
        );
      }
      for (const { rule } of snapshot.faults) checkFaultRule(rule);
      replace(contentOfSnapshot(snapshot));
      journal.clear();
      journal.most = snapshot.journal.entries;
      journal.recording = snapshot.journal.recording;
      faults.restore(snapshot.faults);
    },
  };
}
