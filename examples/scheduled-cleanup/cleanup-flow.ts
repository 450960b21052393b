import { onSchedule } from '../flow/recurrence.ts';
import { perform, type Performed } from '../flow/perform.ts';
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
  readonly stop?: Stop;
}

/**
 * The flow: each night at two it cleans up in batches, one background operation after the other, until nothing is
 * left. A batch that fails, at the two-minute limit say, is tried again at half the size; the size that works is kept
 * for the nights to come.
 */
export function runCleanup(
  organization: VirtualOrganization,
  until: number,
  { firstBatch, stop }: CleanupOptions,
): Promise<CleanupNight[]> {
  let size = firstBatch;
  const time = {
    now: () => organization.now(),
    wait: (milliseconds: number) => organization.wait(milliseconds),
  };
  return onSchedule('0 2 * * *', until, time, async (moment) => {
    const night = moment.toISOString().slice(0, 10);
    const batches: Batch[] = [];
    let left: number | undefined;
    let stopped = false;
    let monitor: string | undefined;
    if (stop?.night === night) {
      void organization.wait(stop.afterMs).then(() => {
        stopped = true;
        if (monitor !== undefined) void organization.send({ method: 'DELETE', path: monitor });
      });
    }
    while (left !== 0 && !stopped) {
      const began = organization.now();
      const onAccepted = (path: string): void => {
        monitor = path;
      };
      const { outcome, outputs, error } = await perform(
        organization,
        'contoso_CleanUp',
        { Most: size },
        { onAccepted },
      );
      const deleted = Number(outputs.Deleted ?? 0);
      batches.push({ size, outcome, deleted, tookMs: organization.now() - began, error });
      if (outcome === 'succeeded') left = Number(outputs.Left);
      else if (outcome === 'failed' && size > 1) size = Math.ceil(size / 2);
      else break;
    }
    return { night, batches, left, stopped };
  });
}
