import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../simulator/simulator.ts';
import { createNightlyImport, type NightlyImport } from './nightly-import.ts';
import { runFlow } from './flow.ts';
import { perform } from './perform.ts';
import { retryPolicies } from './retries.ts';
import { VirtualOrganization } from './virtual-organization.ts';

const path = '/api/data/v9.2/contoso_NightlyImport';
const day = 86_400_000;

describe('a nightly flow', () => {
  let nightly: NightlyImport;
  let organization: VirtualOrganization;
  beforeEach(() => {
    nightly = createNightlyImport();
    organization = new VirtualOrganization([nightly.api]);
  });
  afterEach(() => {
    organization.simulator.dispose();
  });
  const add = (rule: FaultRule) => organization.simulator.control.faults.add(rule);

  it('runs for a month: one import a night, and somebody is told of each', async () => {
    const running = runFlow(organization, organization.now() + 28 * day);
    await organization.advance(28 * day + 3_600_000);
    const runs = await running;
    expect(runs.map(({ night }) => night)).toEqual(
      Array.from({ length: 28 }, (_, index) => `2026-02-${String(index + 1).padStart(2, '0')}`),
    );
    const failed = runs.filter(({ performed }) => performed.outcome !== 'succeeded');
    expect(failed.map(({ action }) => action)).toEqual([
      'alert: the import failed: The source of 2026-02-12 cannot be read.',
    ]);
    expect(nightly.imported.size).toBe(27);
    // 40 s of work; the 7th needs the platform's retries, after 30 and 60 s.
    expect(runs.filter(({ tookMs }) => tookMs > 41_000).map(({ night }) => night)).toEqual([
      '2026-02-07',
      '2026-02-12',
    ]);
  });

  it('submits a night again whose 202 got lost, and nothing is imported twice', async () => {
    add({ match: { path }, times: 1, cut: true, when: 'after' });
    const running = runFlow(organization, organization.now() + day);
    await organization.advance(day + 3_600_000);
    const [run] = await running;
    expect(run?.performed).toMatchObject({ outcome: 'succeeded', sent: 2, lost: 1 });
    const { operations } = organization.simulator.control;
    expect(operations.list()).toHaveLength(2);
    expect([...nightly.imported.keys()]).toEqual(['2026-02-01']);
  });

  it('waits as long as it is asked to, and gives up in the end', async () => {
    add({ match: { path }, times: 2, status: 429, retryAfter: 600 });
    add({ match: { path }, times: 9, status: 503 });
    const from = organization.now();
    const performing = perform(
      organization,
      'contoso_NightlyImport',
      { Night: '2026-02-01' },
      { retries: retryPolicies.low },
    );
    await organization.advance(day);
    expect(await performing).toMatchObject({ outcome: 'refused', sent: 3 });
    expect(organization.now() - from).toBe(day);
  });
});
