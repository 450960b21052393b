import type { Need } from '../contract/clause.ts';
import { reasonWithout } from '../contract/needs.ts';
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
 * Explains why a check with these needs cannot run, with the way out; undefined where it can. All that is
 * lacking is named. Of `clock` and `slow` together either suffices.
 */
export function unmetNeed(needs: readonly Need[], offered: Capabilities): string | undefined {
  const unmet = new Set(needs.flatMap((need) => lacking(need, needs, offered) ?? []));
  return unmet.size === 0 ? undefined : [...unmet].map(reasonWithout).join('; ');
}

function lacking(need: Need, needs: readonly Need[], offered: Capabilities): Need | undefined {
  switch (need) {
    case 'probe':
    case 'slow':
      return undefined;
    case 'clock':
      if (offered.virtualClock) return undefined;
      if (!needs.includes('slow')) return 'clock';
      return offered.slow || offered.waitMs > 0 ? undefined : 'slow';
    case 'callback':
      return offered.callbacks ? undefined : need;
    case 'event':
      return offered.events === undefined ? need : undefined;
    case 'event-step':
      return offered.events === 'webhook-step' ? undefined : need;
    case 'table':
      return offered.table ? undefined : need;
    case 'auth':
      return offered.authenticates ? undefined : need;
    case 'other':
      return offered.other ? undefined : need;
    case 'unprivileged':
      return offered.unprivileged ? undefined : need;
    case 'sdk':
      return need;
  }
}
