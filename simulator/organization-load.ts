import { resumeDelivery } from './courier.ts';
import type { KeptOperation, OrganizationContent } from './organization-content.ts';
import { publish } from './registration/executable.ts';
import { registrationSets } from './registration/registered.ts';
import type { Runner } from './runner.ts';
import type { World } from './world.ts';

/** What an organization holds at this moment. Its values are shared with it: none of them ever changes. */
export function contentOf(world: World): OrganizationContent {
  const { clock, store, pending, events } = world;
  const now = clock.now();
  const operations = Array.from(store.values(now), (operation): KeptOperation => {
    const turn = pending.turnOf(operation);
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
