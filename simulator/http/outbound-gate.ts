import type { OutboundAnswer, OutboundRequest } from '../behaviour/delivery.ts';
import { Room, Starts } from '../pace.ts';
import { callsAtOnce } from './outbound-limits.ts';

type Send = (request: OutboundRequest) => Promise<OutboundAnswer>;

/** Lets outbound calls leave in order, so many at a time, in slices between which requests are served. */
export interface OutboundGate {
  readonly send: Send;
  /** Resolves when no call is under way. */
  readonly empty: () => Promise<void>;
  readonly isEmpty: () => boolean;
}

/** Puts a gate before a way to send. */
export function createGate(send: Send, atOnce: number = callsAtOnce): OutboundGate {
  const room = new Room(atOnce);
  const starts = new Starts();
  return {
    send: async (request) => {
      const full = room.enter();
      if (full !== undefined) await full;
      try {
        const wait = starts.turn();
        if (wait !== undefined) await wait;
        return await send(request);
      } finally {
        room.leave();
      }
    },
    empty: () => room.empty(),
    isEmpty: () => room.taken === 0,
  };
}
