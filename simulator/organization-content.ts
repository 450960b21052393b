import type {
  AsyncOperation,
  CallbackRegistration,
  ProcessingStep,
  ServiceEndpoint,
} from './events/tables.ts';
import type { Operation } from './core/operation.ts';
import { resumeDelivery } from './courier.ts';
import type { PendingDelivery } from './pending.ts';
import { publish } from './registration/executable.ts';
import type { Registered, RegistrationSet } from './registration/registered.ts';
import { registrationSets } from './registration/registered.ts';
import type { Runner } from './runner.ts';
import type { World } from './world.ts';

/** All that an organization holds, as values: what a snapshot keeps, and what a folder keeps over a restart. */
export interface OrganizationContent {
  /** Instant of its clock, epoch milliseconds. */
  readonly now: number;
  /** The number of the last operation. */
  readonly sequence: number;
  /** Where the source of jitter stands; absent where it begins anew. */
  readonly random?: number;
  /** Oldest first. */
  readonly operations: Iterable<KeptOperation>;
  readonly deliveries: readonly PendingDelivery[];
  readonly registrations: Readonly<Partial<Record<RegistrationSet, readonly Registered[]>>>;
  readonly endpoints: readonly ServiceEndpoint[];
  readonly steps: readonly ProcessingStep[];
  /** Absent: none. */
  readonly callbackRegistrations?: readonly CallbackRegistration[];
  readonly jobs: readonly AsyncOperation[];
}

/** An operation, and when it has its turn. */
export interface KeptOperation {
  readonly operation: Operation;
  /** Epoch milliseconds on the target's clock; absent where nothing is due. */
  readonly turn?: number;
}

/** What an organization holds at this moment. Its values are shared with it: none of them ever changes. */
export function contentOf(world: World): OrganizationContent {
  const { clock, store, pending, events } = world;
  const now = clock.now();
  const operations = Array.from(store.values(now), (operation): KeptOperation => {
    const turn = pending.turns.get(operation.id);
    return turn === undefined ? { operation } : { operation, turn };
  });
  return {
    now,
    sequence: world.lastSequence(),
    random: world.random.state(),
    operations,
    deliveries: [...pending.deliveries.values()],
    registrations: Object.fromEntries(
      registrationSets.map((set) => [set, [...world.registrations[set].values()]]),
    ),
    endpoints: [...events.endpoints.values()],
    steps: [...events.steps.values()],
    callbackRegistrations: [...events.callbackRegistrations.values()],
    jobs: [...events.jobs.values()],
  };
}

/** Fills an organization that was just made; its clock is at `content.now`, or later. */
export function loadContent(world: World, runner: Runner, content: OrganizationContent): void {
  for (const set of registrationSets) {
    for (const row of content.registrations[set] ?? []) world.registrations[set].set(row.id, row);
  }
  for (const id of world.registrations.customapis.keys()) publish(world, id);
  for (const endpoint of content.endpoints) world.events.endpoints.set(endpoint.id, endpoint);
  for (const step of content.steps) world.events.steps.set(step.id, step);
  for (const row of content.callbackRegistrations ?? []) world.events.callbackRegistrations.set(row.id, row);
  for (const job of content.jobs) world.events.jobs.set(job.id, job);
  for (const { operation, turn } of content.operations) {
    world.store.put(operation);
    if (turn !== undefined) runner.resume(operation, turn);
  }
  for (const delivery of content.deliveries) resumeDelivery(world, delivery);
}
