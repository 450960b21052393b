import type { OutboundAnswer, OutboundRequest } from '../behaviour/delivery.ts';
import { Room } from '../pace.ts';
import { callsAtOnce } from './outbound-limits.ts';

type Send = (request: OutboundRequest) => Promise<OutboundAnswer>;

/** Lets outbound calls leave in order, so many at a time. */
export interface OutboundGate {
  readonly send: Send;
  /** Resolves when no call is under way. */
  readonly empty: () => Promise<void>;
}

/** Puts a gate before a way to send. */
export function createGate(send: Send, atOnce: number = callsAtOnce): OutboundGate {
  const room = new Room(atOnce);
  return {
    send: async (request) => {
      const full = room.enter();
      if (full !== undefined) await full;
      try {
        return await send(request);
      } finally {
        room.leave();
      }
    },
    empty: () => room.empty(),
  };
}
