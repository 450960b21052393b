import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Who has a report folder, as its lock says. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601. */
  readonly since: string;
  /** When that process began, as the system counts it: another process may get the same number later. */
  readonly process?: string;
}

/** After so long without a sign of life the holder on another machine is taken for dead; it gives one each {@link signOfLifeMs}. */
export const silentMs = 60_000;

/** How often a holder shows that it is alive. */
export const signOfLifeMs = 10_000;

/** This process as a holder. */
export function thisHolder(): Holder {
  const began = processBegan(process.pid);
  return {
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    ...(began === undefined ? {} : { process: began }),
  };
}

/** The holder in the text of a lock; undefined for a text that is none. */
export function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, host, since, process } = JSON.parse(text) as Record<string, unknown>;
    if (!Number.isInteger(pid) || typeof host !== 'string' || typeof since !== 'string') return undefined;
    return { pid: pid as number, host, since, ...(typeof process === 'string' ? { process } : {}) };
  } catch {
    return undefined;
  }
}

/** Whether a holder is alive: on this machine by its process, elsewhere by the age of its last sign of life. */
export function isAlive(holder: Holder, silenceMs: number): boolean {
  if (holder.host !== hostname()) return silenceMs < silentMs;
  if (!processExists(holder.pid)) return false;
  const began = processBegan(holder.pid);
  return holder.process === undefined || began === undefined || began === holder.process;
}

/** A holder in words. */
export function holderInWords({ pid, host, since }: Holder): string {
  return `process ${pid} on ${host}, since ${since}`;
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Linux tells it; elsewhere the number of the process has to do. */
function processBegan(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Behind the name, which may hold anything: fields 3 and following, of which the 22nd is wanted.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // A process that ended and is only not yet waited for holds nothing.
    return fields[0] === 'Z' ? 'ended' : fields[19];
  } catch {
    return undefined;
  }
}
