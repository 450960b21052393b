import type { Field } from '../plain.ts';
import type { ApiError } from '../web-api/errors.ts';
import { errors } from '../web-api/errors.ts';
import type { ProtectionLimits } from './limits.ts';
import { documentedLimits } from './limits.ts';

/** How service protection is switched on; what is left out is as documented. */
export interface ProtectionOptions extends Partial<ProtectionLimits> {
  /**
   * The time of the window, milliseconds. By default the machine's, also with a virtual clock: a client
   * that is told to wait waits in real time. `() => simulator.clock.now()` puts it on the virtual clock.
   */
  readonly now?: () => number;
}

/** What became of one request at the guard: let in until `leave` is called, or refused. */
type Admission =
  | { readonly refusal: undefined; readonly leave: () => void; readonly headers: () => readonly Field[] }
  | { readonly refusal: ApiError; readonly headers: () => readonly Field[] };

/** Counts the requests of users, and refuses those that are too many. */
export interface Guard {
  readonly enter: (userId: string) => Admission;
}

/** A request of the window: when it came, and how long it took (0 until it has been answered). */
interface Entry {
  readonly at: number;
  tookMs: number;
}

interface Account {
  /** Oldest first. */
  readonly entries: Entry[];
  tookMs: number;
  running: number;
  /** Until when everything is refused, and for which reason. */
  blocked: { until: number; readonly why: (retryAfter: number) => ApiError } | undefined;
}

/** How much longer a user has to wait for each request that came before its `Retry-After` was over. */
const impatienceMs = 1_000;
/** What is told for too many requests at once: any answer frees a place. */
const concurrencyRetryAfter = 1;

/** Makes the guard of one simulator. */
export function createGuard({ now = () => performance.now(), ...given }: ProtectionOptions): Guard {
  const limits: ProtectionLimits = { ...documentedLimits, ...given };
  const accounts = new Map<string, Account>();
  return {
    enter: (userId) => {
      const at = now();
      const account = accounts.get(userId) ?? { entries: [], tookMs: 0, running: 0, blocked: undefined };
      accounts.set(userId, account);
      forget(account, at - limits.windowMs);
      const headers = (): readonly Field[] => remaining(account, limits);
      const refusal = refusalOf(account, limits, at);
      if (refusal !== undefined) return { refusal, headers };
      const entry: Entry = { at, tookMs: 0 };
      account.entries.push(entry);
      account.running += 1;
      const leave = (): void => {
        account.running -= 1;
        entry.tookMs = now() - at;
        account.tookMs += entry.tookMs;
      };
      return { refusal: undefined, leave, headers };
    },
  };
}

/** Drops what has left the window. */
function forget(account: Account, before: number): void {
  let gone = 0;
  for (const { at, tookMs } of account.entries) {
    if (at > before) break;
    account.tookMs -= tookMs;
    gone += 1;
  }
  if (gone > 0) account.entries.splice(0, gone);
}

function refusalOf(account: Account, limits: ProtectionLimits, at: number): ApiError | undefined {
  const { windowMs } = limits;
  const { blocked } = account;
  if (blocked !== undefined && at < blocked.until) {
    blocked.until = Math.min(blocked.until + impatienceMs, at + windowMs);
    return blocked.why(seconds(blocked.until - at));
  }
  account.blocked = undefined;
  if (account.running >= limits.concurrent)
    return errors.tooManyAtOnce(limits.concurrent, concurrencyRetryAfter);
  const freed = freedAt(account, limits);
  if (freed === undefined) return undefined;
  const why =
    account.entries.length >= limits.requests
      ? (retryAfter: number) => errors.tooManyRequests(limits.requests, windowMs, retryAfter)
      : (retryAfter: number) => errors.tooMuchExecution(limits.executionMs, windowMs, retryAfter);
  account.blocked = { until: freed, why };
  return why(seconds(freed - at));
}

/** When enough has left the window for another request; undefined where there is room already. */
function freedAt({ entries, tookMs }: Account, limits: ProtectionLimits): number | undefined {
  let count = entries.length;
  let took = tookMs;
  let freed: number | undefined;
  for (const entry of entries) {
    if (count < limits.requests && took < limits.executionMs) break;
    count -= 1;
    took -= entry.tookMs;
    freed = entry.at + limits.windowMs;
  }
  return freed;
}

function seconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1_000));
}

/** The two headers that every answer carries, the second one in seconds with a comma for thousands. */
function remaining({ entries, tookMs }: Account, limits: ProtectionLimits): readonly Field[] {
  const left = Math.max(0, limits.executionMs - tookMs) / 1_000;
  const formatted = left.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return [
    ['x-ms-ratelimit-time-remaining-xrm-requests', formatted],
    ['x-ms-ratelimit-burst-remaining-xrm-requests', String(Math.max(0, limits.requests - entries.length))],
  ];
}
