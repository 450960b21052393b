import type { Simulator } from '../simulator.ts';
import type { RunningServer } from '../server.ts';
import { ControlError } from './control-error.ts';
import type { ResetOptions } from './control.ts';
import type { Fault, FaultRule } from './faults.ts';
import type { HttpArchive } from './har.ts';
import type { JournalEntry, JournalFilter } from './journal.ts';
import type { NewOrganization, OrganizationSummary } from './organizations.ts';
import type { SeededOperation } from './seed.ts';
import type { Snapshot, SnapshotSummary } from './snapshot.ts';
import type { HandFailure, OperationDetails, OperationFilter, OperationSummary } from './operations.ts';

/** The control interface as a test uses it through any door. */
export interface ControlDoor {
  readonly reset: (options?: ResetOptions) => Promise<void>;
  readonly requests: (filter?: JournalFilter) => Promise<{ count: number; requests: JournalEntry[] }>;
  readonly har: (filter?: JournalFilter) => Promise<HttpArchive>;
  readonly record: (on: boolean) => Promise<void>;
  readonly clearRequests: () => Promise<void>;
  readonly addFault: (rule: FaultRule) => Promise<Fault>;
  readonly faults: () => Promise<Fault[]>;
  readonly removeFault: (id: string) => Promise<void>;
  readonly clearFaults: () => Promise<void>;
  readonly operations: (filter?: OperationFilter) => Promise<OperationSummary[]>;
  readonly operation: (id: string) => Promise<OperationDetails | undefined>;
  readonly cancel: (id: string) => Promise<OperationSummary>;
  readonly seed: (operation: SeededOperation) => Promise<OperationSummary>;
  readonly finish: (id: string, outputs?: Record<string, string | number>) => Promise<OperationSummary>;
  readonly fail: (id: string, failure?: HandFailure) => Promise<OperationSummary>;
  readonly snapshot: (name?: string) => Promise<Snapshot>;
  readonly snapshots: () => Promise<SnapshotSummary[]>;
  readonly removeSnapshot: (name: string) => Promise<void>;
  readonly restore: (from: string | Snapshot) => Promise<void>;
  readonly addOrganization: (organization: NewOrganization) => Promise<OrganizationSummary>;
  readonly organizations: () => Promise<OrganizationSummary[]>;
  readonly removeOrganization: (name: string) => Promise<void>;
}

/** By the methods in the same process. */
export function methodsDoor({ control }: Simulator): ControlDoor {
  const later = <T>(work: () => T) => Promise.resolve().then(work);
  return {
    reset: (options) =>
      later(() => {
        control.reset(options);
      }),
    requests: (filter) =>
      later(() => ({ count: control.requests.count(filter), requests: control.requests.list(filter) })),
    har: (filter) => later(() => control.requests.har(filter)),
    record: (on) =>
      later(() => {
        control.requests.record(on);
      }),
    clearRequests: () =>
      later(() => {
        control.requests.clear();
      }),
    addFault: (rule) => later(() => control.faults.add(rule)),
    faults: () => later(() => control.faults.list()),
    removeFault: (id) =>
      later(() => {
        if (!control.faults.remove(id)) throw new ControlError(`There is no fault '${id}'`, 404);
      }),
    clearFaults: () =>
      later(() => {
        control.faults.clear();
      }),
    operations: (filter) => later(() => control.operations.list(filter)),
    operation: (id) => later(() => control.operations.get(id)),
    seed: (operation) => later(() => control.operations.seed(operation)),
    cancel: (id) => later(() => control.operations.cancel(id)),
    finish: (id, outputs) => later(() => control.operations.finish(id, outputs)),
    fail: (id, failure) => later(() => control.operations.fail(id, failure)),
    snapshot: (name) => later(() => control.snapshots.take(name)),
    snapshots: () => later(() => control.snapshots.list()),
    removeSnapshot: (name) =>
      later(() => {
        if (!control.snapshots.remove(name)) throw new ControlError(`There is no snapshot '${name}'.`, 404);
      }),
    restore: (from) =>
      later(() => {
        control.snapshots.restore(from);
      }),
    addOrganization: (organization) => control.organizations.add(organization),
    organizations: () => later(() => control.organizations.list()),
    removeOrganization: async (name) => {
      if (!(await control.organizations.remove(name)))
        throw new ControlError(`There is no organization '${name}'.`, 404);
    },
  };
}

/** By HTTP, below `/simulator/`. */
export function httpDoor({ url }: RunningServer): ControlDoor {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${url}/simulator/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json: unknown = text === '' ? undefined : JSON.parse(text);
    if (answer.ok) return json;
    throw new ControlError((json as { error: { message: string } }).error.message, answer.status as 400);
  };
  const query = (filter: object = {}) =>
    `?${new URLSearchParams(Object.entries(filter).map(([name, value]) => [name, String(value)]))}`;
  return {
    reset: async (options) => {
      await call('POST', 'reset', options);
    },
    requests: async (filter) =>
      (await call('GET', `requests${query(filter)}`)) as { count: number; requests: JournalEntry[] },
    har: async (filter) =>
      (await call('GET', `requests${query({ ...filter, format: 'har' })}`)) as HttpArchive,
    record: async (on) => {
      await call('PATCH', 'requests', { recording: on });
    },
    clearRequests: async () => {
      await call('DELETE', 'requests');
    },
    addFault: async (rule) => (await call('POST', 'faults', rule)) as Fault,
    faults: async () => ((await call('GET', 'faults')) as { faults: Fault[] }).faults,
    removeFault: async (id) => {
      await call('DELETE', `faults/${id}`);
    },
    clearFaults: async () => {
      await call('DELETE', 'faults');
    },
    operations: async (filter) =>
      ((await call('GET', `operations${query(filter)}`)) as { operations: OperationSummary[] }).operations,
    operation: (id) =>
      call('GET', `operations/${id}`).then(
        (found) => found as OperationDetails,
        (error: unknown) => {
          if (error instanceof ControlError && error.status === 404) return undefined;
          throw error;
        },
      ),
    seed: async (operation) => (await call('POST', 'operations', operation)) as OperationSummary,
    cancel: async (id) => (await call('POST', `operations/${id}/cancel`)) as OperationSummary,
    finish: async (id, outputs) =>
      (await call('POST', `operations/${id}/finish`, outputs)) as OperationSummary,
    fail: async (id, failure) => (await call('POST', `operations/${id}/fail`, failure)) as OperationSummary,
    snapshot: async (name) => (await call('POST', 'snapshots', { name })) as Snapshot,
    snapshots: async () => ((await call('GET', 'snapshots')) as { snapshots: SnapshotSummary[] }).snapshots,
    removeSnapshot: async (name) => {
      await call('DELETE', `snapshots/${name}`);
    },
    addOrganization: async (organization) =>
      (await call('POST', 'organizations', organization)) as OrganizationSummary,
    organizations: async () =>
      ((await call('GET', 'organizations')) as { organizations: OrganizationSummary[] }).organizations,
    removeOrganization: async (name) => {
      await call('DELETE', `organizations/${name}`);
    },
    restore: async (from) => {
      await call('POST', 'restore', typeof from === 'string' ? { name: from } : { snapshot: from });
    },
  };
}
