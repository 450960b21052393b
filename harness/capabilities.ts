import type { Need } from '../contract/clause.ts';
import { lackingNeeds } from '../contract/needs.ts';
import type { Cause } from '../record/cause.ts';
import type { Config } from './config.ts';

/** What a target offers, and how a reader could make the rest testable. */
export interface Capabilities {
  readonly virtualClock: boolean;
  readonly slow: boolean;
  readonly control: boolean;
  readonly table: boolean;
  readonly callbacks: boolean;
  /** How completions reach a webhook. */
  readonly events: 'webhook-step' | 'preregistered' | undefined;
  /** Whether the suite may subscribe by rows of callbackregistrations, as flows do. */
  readonly callbackRegistrations: boolean;
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
    events: target.events?.kind === 'callback-registration' ? undefined : target.events?.kind,
    callbackRegistrations:
      target.events?.kind === 'callback-registration' || target.events?.callbackRegistrations === true,
    authenticates: target.auth.kind !== 'none',
    other: target.otherUserAuth !== undefined,
    unprivileged: target.unprivilegedAuth !== undefined,
    sdk: target.sdk !== false,
    waitMs: config.budget.waitMs,
  };
}

/** The needs of clauses that a target with these capabilities meets. */
export function offersOf(offered: Capabilities): Need[] {
  const by: Record<Need, boolean> = {
    probe: true,
    clock: offered.virtualClock,
    slow: offered.slow || offered.waitMs > 0,
    callback: offered.callbacks,
    event: offered.events !== undefined,
    'event-step': offered.events === 'webhook-step',
    'callback-registration': offered.callbackRegistrations,
    table: offered.table,
    auth: offered.authenticates,
    other: offered.other,
    unprivileged: offered.unprivileged,
    sdk: offered.sdk,
  };
  return (Object.keys(by) as Need[]).filter((need) => by[need]);
}

/** Why a check with these needs cannot run; undefined where it can. Names all that is lacking. */
export function unmetNeed(needs: readonly Need[], offered: Capabilities): Cause | undefined {
  const missing = lackingNeeds(needs, offersOf(offered));
  return missing.length === 0 ? undefined : { kind: 'lacks', needs: missing };
}
