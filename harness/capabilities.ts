import type { Need } from '../contract/clause.ts';
import type { Config } from './config.ts';

/** What a target offers, and how a reader could make the rest testable. */
export interface Capabilities {
  readonly virtualClock: boolean;
  readonly slow: boolean;
  readonly control: boolean;
  readonly table: boolean;
  readonly callbacks: boolean;
  readonly events: 'webhook-step' | 'preregistered' | undefined;
  readonly authenticates: boolean;
  readonly other: boolean;
  readonly unprivileged: boolean;
  readonly sdk: boolean;
  /** Milliseconds of real time that one check may wait for retries without `slow`. */
  readonly waitMs: number;
}

/** Reads the capabilities off a configuration. */
export function capabilitiesOf(config: Config): Capabilities {
  const { target } = config;
  return {
    virtualClock: target.clock.kind === 'virtual',
    slow: config.slow,
    control: target.probe.kind === 'control',
    table: target.table,
    callbacks: target.callbacks,
    events: target.events?.kind,
    authenticates: target.auth.kind !== 'none',
    other: target.otherUserAuth !== undefined,
    unprivileged: target.unprivilegedAuth !== undefined,
    sdk: target.sdk,
    waitMs: config.budget.waitMs,
  };
}

/**
 * Why a check with these needs cannot run, with the way out; undefined where it can. Of `clock` and
 * `slow` together either suffices.
 */
export function unmetNeed(needs: readonly Need[], offered: Capabilities): string | undefined {
  for (const need of needs) {
    const reason = lacking(need, needs, offered);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function lacking(need: Need, needs: readonly Need[], offered: Capabilities): string | undefined {
  switch (need) {
    case 'probe':
      return undefined;
    case 'clock':
      if (offered.virtualClock) return undefined;
      if (!needs.includes('slow'))
        return 'needs a virtual clock: set target.clock to {"kind":"virtual","url":"…"}';
      if (offered.slow || offered.waitMs > 0) return undefined;
      return 'needs a virtual clock, or --slow to wait in real time';
    case 'slow':
      return undefined;
    case 'callback':
      return offered.callbacks ? undefined : 'the target offers no callbacks (target.callbacks is false)';
    case 'event':
      return offered.events === undefined ? 'the target offers no events: set target.events' : undefined;
    case 'event-step':
      if (offered.events === 'webhook-step') return undefined;
      return 'needs steps that the suite can register: set target.events to {"kind":"webhook-step"}';
    case 'table':
      return offered.table ? undefined : 'the target offers no table (target.table is false)';
    case 'auth':
      return offered.authenticates ? undefined : 'the target does not authenticate (target.auth is "none")';
    case 'other':
      return offered.other ? undefined : 'needs a second privileged user: set target.otherUserAuth';
    case 'unprivileged':
      return offered.unprivileged
        ? undefined
        : 'needs a user without the privileges: set target.unprivilegedAuth';
    case 'sdk':
      return offered.sdk
        ? 'checks of the organization service are not built yet'
        : 'the target does not offer the organization service (target.sdk is false)';
  }
}
