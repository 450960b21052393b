// What cases share: servers that are started when a case first asks for them, and end with the campaign.
import { startSimulator } from './simulator-process.mjs';

/** Makes the context of a campaign. */
export function createContext({ requests, long, minutes }) {
  const started = new Map();
  const shared = (name, start) => {
    if (!started.has(name)) started.set(name, start());
    return started.get(name);
  };
  return {
    /** How many requests a fuzzing case sends. */
    requests,
    /** Whether figures that a busy machine may miss are demanded. */
    long,
    /** How long a soak lasts. */
    minutes,
    /** The simulator that all cases attack: a process of its own, on a virtual clock. */
    simulator: () => shared('simulator', () => startSimulator('--clock', 'virtual')),
    /** Throws if a shared server has ended or does not answer. */
    async check() {
      for (const server of await Promise.all(started.values())) await server.check();
    },
    async close() {
      for (const server of await Promise.allSettled(started.values())) await server.value?.stop();
    },
  };
}
