import { runCleanup, type CleanupNight } from './cleanup-flow.ts';
import { createCleanup, Records } from './records.ts';
import { VirtualOrganization } from '../flow/virtual-organization.ts';

const day = 86_400_000;
const nights = 7;

/** What a week of the clean-up came to. */
export interface Story {
  readonly nights: readonly CleanupNight[];
  readonly records: Records;
  /** Obsolete records at the end of each night. */
  readonly leftAfter: readonly number[];
}

/**
 * A week: 60,000 records are obsolete at first, and 20,000 more each day. The first batch is far too big for the
 * two-minute limit. In the third night somebody stops the flow in the middle of its first batch.
 */
export async function tellStory(): Promise<Story> {
  const records = new Records();
  records.age(60_000);
  const organization = new VirtualOrganization([createCleanup(records)]);
  const leftAfter: number[] = [];
  const running = runCleanup(organization, organization.now() + nights * day, {
    firstBatch: 60_000,
    smallestBatch: 1_000,
    stop: { night: '2026-02-03', afterMs: 30_000 },
  });
  for (let night = 0; night < nights; night += 1) {
    await organization.advance(day);
    leftAfter.push(records.obsolete.size);
    if (night < nights - 1) records.age(20_000);
  }
  const told = await organization.until(running);
  organization.simulator.dispose();
  return { nights: told, records, leftAfter };
}
