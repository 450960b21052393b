import type { Clock } from '../clock.ts';
import type { OrganizationContent } from '../organization-content.ts';
import type { Runner } from '../runner.ts';
import type { World } from '../world.ts';
import { checkMembers, checks } from './check.ts';
import { ControlError } from './control-error.ts';
import { checkFaultRule, matchMembers } from './fault-rule.ts';
import type { Fault, FaultRule, Faults } from './faults.ts';
import type { HttpArchive } from './har.ts';
import { archiveOf } from './har.ts';
import type { Journal, JournalEntry, JournalFilter } from './journal.ts';
import type { ControlOrganizations } from './organizations.ts';
import type { ControlOperations } from './operations.ts';
import { createControlOperations } from './operations.ts';
import type { ControlSnapshots } from './snapshots.ts';
import { createSnapshots } from './snapshots.ts';

/** What a reset takes back besides operations, rows, registrations, journal and faults. */
export interface ResetOptions {
  /** Whether a virtual clock goes back to its start, too. Default: false, it stays where it is. */
  readonly clock?: boolean;
}

/** Requests that were answered. */
interface ControlRequests {
  /** Those that a filter picks, oldest first. */
  readonly list: (filter?: JournalFilter) => JournalEntry[];
  readonly count: (filter?: JournalFilter) => number;
  /** The same as {@link ControlRequests.list}, as an HTTP archive (HAR 1.2). */
  readonly har: (filter?: JournalFilter) => HttpArchive;
  readonly clear: () => void;
  /** Switches recording on or off. */
  readonly record: (on: boolean) => void;
  /** Whether requests are recorded. */
  readonly recording: () => boolean;
}

/** Faults of the next requests. */
interface ControlFaults {
  readonly add: (rule: FaultRule) => Fault;
  /** Those that are not used up. */
  readonly list: () => Fault[];
  /** Takes a fault back; false if there is none of this id. */
  readonly remove: (id: string) => boolean;
  readonly clear: () => void;
}

/** Hands for a test: what no client of Dataverse can do. The same below `/simulator/` over HTTP. */
export interface Control {
  /** Brings the simulator back to its start: nothing stored, nothing due, no journal, no faults. */
  readonly reset: (options?: ResetOptions) => void;
  readonly clock: Pick<Clock, 'now' | 'advance' | 'kind'>;
  readonly requests: ControlRequests;
  readonly faults: ControlFaults;
  readonly operations: ControlOperations;
  readonly snapshots: ControlSnapshots;
  readonly organizations: ControlOrganizations;
}

/** What the control interface works on. */
export interface Controlled {
  readonly organizations: ControlOrganizations;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly current: () => { readonly world: World; readonly runner: Runner };
  /** Starts anew, at the clock's start or at the present instant. */
  readonly restart: (clockToo: boolean) => void;
  /** Starts with other content. */
  readonly replace: (content: OrganizationContent) => void;
}

/** Makes the methods; each throws a {@link ControlError} for what it cannot follow. */
export function createControl({
  organizations,
  clock,
  journal,
  faults,
  current,
  restart,
  replace,
}: Controlled): Control {
  const picked = (filter: JournalFilter): JournalFilter => {
    checkMembers(filter, 'the filter', filterMembers);
    return filter;
  };
  return {
    reset(options = {}) {
      checkMembers(options, 'a reset', { clock: checks.flag });
      if (options.clock === true && clock.kind === 'real') {
        throw new ControlError('The clock is real: a reset cannot set it back.');
      }
      restart(options.clock === true);
      journal.clear();
      faults.clear();
    },
    clock,
    requests: {
      list: (filter = {}) => journal.list(picked(filter)),
      count: (filter = {}) => journal.count(picked(filter)),
      har: (filter = {}) => archiveOf(journal.list(picked(filter))),
      clear: () => {
        journal.clear();
      },
      record: (on) => {
        journal.recording = on;
      },
      recording: () => journal.recording,
    },
    faults: {
      add: (rule) => {
        checkFaultRule(rule);
        return faults.add(rule);
      },
      list: () => faults.list(),
      remove: (id) => faults.remove(id),
      clear: () => {
        faults.clear();
      },
    },
    organizations,
    operations: createControlOperations(current),
    snapshots: createSnapshots(journal, faults, current, replace),
  };
}

const filterMembers = {
  ...matchMembers,
  status: checks.whole(100, 599),
  after: checks.whole(0, Number.MAX_SAFE_INTEGER),
  limit: checks.whole(0, 1_000_000),
};
