import type { TargetClock } from './clock.ts';
import type { Listener } from './listener.ts';
import type { Transport } from './transport.ts';

/** Where a target is reached, before the suite's own parts are added. */
export interface ReachedTarget {
  readonly url: string;
  readonly transport: Transport;
  readonly clock: TargetClock;
  readonly listener: Listener;
  close(): Promise<void>;
}
