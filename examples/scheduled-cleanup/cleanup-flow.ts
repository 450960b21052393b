import { onSchedule } from '../flow/recurrence.ts';
import { perform, type Performed } from '../flow/perform.ts';
import { withRetries } from '../flow/retries.ts';
import type { VirtualOrganization } from '../flow/virtual-organization.ts';

/** One background operation of a night. */
interface Batch {
  readonly size: number;
  readonly outcome: Performed['outcome'];
  readonly deleted: number;
  readonly tookMs: number;
  readonly error: string | undefined;
}

/** One night of the flow. */
export interface CleanupNight {
  readonly night: string;
  readonly batches: readonly Batch[];
  readonly left: number | undefined;
  readonly stopped: boolean;
  /** Why it gave up before nothing was left, for whoever has to do something about it. */
  readonly report: string | undefined;
}

/** What somebody does in the middle of a night: stops the flow, and cancels what it started. */
interface Stop {
  readonly night: string;
  readonly afterMs: number;
}

/** What the flow starts with, and may learn. */
export interface CleanupOptions {
  /** Records that one background operation is told to clean up at first. */
  readonly firstBatch: number;
  /** The smallest batch that is worth an operation: if it does not fit either, the flow gives up for the night. */
  readonly smallestBatch: number;
  readonly stop?: Stop;
}

/** What the platform calls a plug-in that ran out of time: in the sandbox client, its host, its worker, within 2:20. */
const timeOuts: readonly unknown[] = [-2147204751, -2147204750, -2147204749, -2146954991];

/**
 * The flow: each night at two it cleans up in batches, one background operation after the other, until nothing is
 * left. A batch that ran into the two-minute limit is tried again at half the size; the size that works is kept for
 * the nights to come. Any other end is reported, and ends the night: a smaller batch would not help.
 */
export function runCleanup(
  organization: VirtualOrganization,
  until: number,
  { firstBatch, smallestBatch, stop }: CleanupOptions,
): Promise<CleanupNight[]> {
  let size = firstBatch;
  const time = {
    now: () => organization.now(),
    wait: (milliseconds: number) => organization.wait(milliseconds),
  };

  /** What is to be done after a batch: go on, or give up and say why. */
  function lookAt({ outcome, error, errorCode }: Performed, deleted: number): string | undefined {
    if (outcome === 'succeeded') return deleted > 0 ? undefined : 'A batch succeeded, and deleted nothing.';
    if (outcome !== 'failed' || !timeOuts.includes(errorCode))
      return `A batch ended ${outcome}: ${error ?? 'nothing more is known'}`;
    if (size <= smallestBatch)
      return `Even ${size.toLocaleString('en')} records take longer than two minutes: look at the plug-in.`;
    size = Math.max(smallestBatch, Math.ceil(size / 2));
    return undefined;
  }

  return onSchedule('0 2 * * *', until, time, async (moment) => {
    const night = moment.toISOString().slice(0, 10);
    const batches: Batch[] = [];
    let left: number | undefined;
    let report: string | undefined;
    let stopped = false;
    let monitor: string | undefined;
    const cancel = async (afterMs: number): Promise<void> => {
      await organization.wait(afterMs);
      stopped = true;
      const path = monitor;
      if (path !== undefined)
        await withRetries(() => organization.send({ method: 'DELETE', path }), time.wait);
    };
    const canceling = stop?.night === night ? cancel(stop.afterMs) : undefined;
    while (left !== 0 && !stopped && report === undefined) {
      const began = organization.now();
      const onAccepted = (path: string): void => {
        monitor = path;
      };
      const most = size;
      const performed = await perform(organization, 'contoso_CleanUp', { Most: most }, { onAccepted });
      const { outcome, outputs, error } = performed;
      const deleted = Number(outputs.Deleted ?? 0);
      batches.push({ size: most, outcome, deleted, tookMs: organization.now() - began, error });
      if (outcome === 'succeeded') left = Number(outputs.Left);
      if (left !== 0 && !stopped) report = lookAt(performed, deleted);
    }
    await canceling;
    return { night, batches, left, stopped, report };
  });
}
