import { onSchedule } from './recurrence.ts';
import { perform, type Performed } from './perform.ts';
import type { VirtualOrganization } from './virtual-organization.ts';

/** One run of the flow. */
export interface FlowRun {
  /** The day, as `2026-02-01`. */
  readonly night: string;
  readonly performed: Performed;
  /** Milliseconds from the trigger to the last step. */
  readonly tookMs: number;
  /** What the flow did at its end. */
  readonly action: string;
}

/** The flow: each night at two, perform the import, wait for its completion, act on it. */
export function runFlow(organization: VirtualOrganization, until: number): Promise<FlowRun[]> {
  const time = {
    now: () => organization.now(),
    wait: (milliseconds: number) => organization.wait(milliseconds),
  };
  return onSchedule('0 2 * * *', until, time, async (moment) => {
    const night = moment.toISOString().slice(0, 10);
    const performed = await perform(organization, 'contoso_NightlyImport', { Night: night });
    return { night, performed, tookMs: organization.now() - moment.getTime(), action: act(performed) };
  });
}

const ends = {
  failed: 'the import failed',
  canceled: 'the import was canceled',
  refused: 'the import was refused',
  unknown: 'nobody knows whether the import was done',
} as const;

/** The last step: tell somebody. */
function act({ outcome, outputs, error }: Performed): string {
  if (outcome === 'succeeded') return `mail: ${String(outputs.Rows)} rows were imported`;
  return `alert: ${ends[outcome]}: ${error ?? ''}`;
}
