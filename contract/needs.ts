import type { Need } from './clause.ts';

/** A thing that a target must offer before some clauses can be decided. */
export interface Capability {
  /** What it is called: "needs …". */
  readonly name: string;
  /** What its owner does to make the clauses testable; code in back quotes. */
  readonly wayOut: string;
}

/** The words of each need. */
export const capabilities: Readonly<Record<Need, Capability>> = {
  probe: { name: 'the probe', wayOut: 'set `target.probe`' },
  clock: { name: 'a virtual clock', wayOut: 'set `target.clock` to {"kind":"virtual","url":"…"}' },
  slow: {
    name: 'a virtual clock, or --slow',
    wayOut: 'give --slow to wait in real time, or set `target.clock`',
  },
  callback: { name: 'callbacks', wayOut: 'set `target.callbacks` to true' },
  event: { name: 'events', wayOut: 'set `target.events`' },
  'event-step': {
    name: 'event steps that the suite registers',
    wayOut: 'set `target.events` to {"kind":"webhook-step"}',
  },
  'callback-registration': {
    name: 'callback registrations',
    wayOut:
      'set `target.events` to {"kind":"callback-registration"}, or `target.events.callbackRegistrations` to true',
  },
  table: { name: 'the backgroundoperations table', wayOut: 'set `target.table` to true' },
  auth: { name: 'authentication', wayOut: 'set `target.auth`' },
  other: { name: 'a second privileged user', wayOut: 'set `target.otherUserAuth`' },
  unprivileged: { name: 'a user without the privileges', wayOut: 'set `target.unprivilegedAuth`' },
  sdk: { name: 'the organization service', wayOut: 'set `target.sdk` to true, or to its address' },
};

/**
 * Decides which of the needs a target lacks; the only place that does. `slow` beside `clock` means that
 * waiting in real time serves as well as a virtual clock, so that together they are lacking at most once,
 * as `slow`. Alone, `slow` asks for nothing.
 *
 * @param offers what the target offers; `slow` stands for checks that may wait. Where it is unknown, only
 *   the organization service is taken to be missing: it is the one thing that no target offers by itself.
 */
export function lackingNeeds(needs: readonly Need[], offers: readonly Need[] | undefined): Need[] {
  const wanted = [...new Set(needs)];
  if (offers === undefined) return wanted.filter((need) => need === 'sdk');
  const orSlow = wanted.includes('slow');
  return wanted.flatMap((need): Need[] => {
    if (need === 'slow' || offers.includes(need)) return [];
    if (need !== 'clock' || !orSlow) return [need];
    return offers.includes('slow') ? [] : ['slow'];
  });
}

/** Why a check cannot run without a capability, with the way out: one sentence for one need, everywhere. */
export function reasonWithout(need: Need): string {
  if (!Object.hasOwn(capabilities, need)) return `needs ${need}, which this version does not know`;
  const { name, wayOut } = capabilities[need];
  return `needs ${name}: ${wayOut}`;
}

/** Needs in words, e.g. "the probe and a virtual clock"; one that this version does not know stays as it is. */
export function needNames(needs: readonly string[]): string {
  const names = needs.map((need) =>
    Object.hasOwn(capabilities, need) ? capabilities[need as Need].name : need,
  );
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(names);
}
