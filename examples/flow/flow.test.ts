import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../simulator/simulator.ts';
import { createNightlyImport, type NightlyImport } from './nightly-import.ts';
import { runFlow } from './flow.ts';
import { tellMonth } from './month.ts';
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
    const runs = await organization.until(runFlow(organization, organization.now() + 28 * day));
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
    const [run] = await organization.until(runFlow(organization, organization.now() + day));
    expect(run?.performed).toMatchObject({ outcome: 'succeeded', sent: 2, lost: 1 });
    const { operations } = organization.simulator.control;
    expect(operations.list()).toHaveLength(2);
    expect([...nightly.imported.keys()]).toEqual(['2026-02-01']);
  });

  const performNight = (options: Parameters<typeof perform>[3] = {}) =>
    organization.until(perform(organization, 'contoso_NightlyImport', { Night: '2026-02-01' }, options));

  it('waits as long as it is asked to, and gives up in the end', async () => {
    add({ match: { path }, times: 2, status: 429, retryAfter: 900 });
    add({ match: { path }, times: 9, status: 503 });
    const from = organization.now();
    const performed = await performNight({ retries: retryPolicies.low });
    expect(performed).toMatchObject({ outcome: 'refused', sent: 3 });
    expect(organization.now() - from).toBeGreaterThanOrEqual(1_800_000);
  });

  const callback = { delivery: 'callback' } as const;
  const monitors = '/api/backgroundoperation/*';

  it('looks at the monitor where the callback gets lost, and goes on', async () => {
    add({ match: callback, deliver: 'drop' });
    const from = organization.now();
    const performed = await performNight();
    expect(performed).toMatchObject({ outcome: 'succeeded', error: undefined, sent: 1 });
    expect(performed.outputs).toHaveProperty('Rows');
    expect(organization.now() - from).toBe(3_600_000);
    expect(organization.simulator.control.requests.count({ path: monitors })).toBe(1);
  });

  it('learns from the monitor why a night failed whose callback got lost', async () => {
    add({ match: callback, deliver: 'drop' });
    const night = { Night: '2026-02-12' };
    const performed = await organization.until(perform(organization, 'contoso_NightlyImport', night));
    expect(performed).toMatchObject({
      outcome: 'failed',
      error: 'The source of 2026-02-12 cannot be read.',
    });
  });

  it('gives up where neither callback nor monitor tells of an end, and says so', async () => {
    add({ match: callback, deliver: 'drop' });
    add({ match: { path: monitors }, times: 1_000, cut: true });
    expect(await performNight({ retries: retryPolicies.low })).toMatchObject({
      outcome: 'unknown',
      error: 'No callback came, and the monitor showed no end.',
    });
  });

  it('goes on by the callback where none of its requests was answered', async () => {
    add({ match: { path }, times: 3, cut: true, when: 'after' });
    const performed = await performNight({ retries: retryPolicies.low });
    expect(performed).toMatchObject({ outcome: 'succeeded', sent: 3, lost: 3 });
    expect(performed.monitor).toMatch(/^\/api\/backgroundoperation\//);
  });

  it('does not throw where no request was answered and nothing runs', async () => {
    add({ match: { path }, times: 3, cut: true });
    expect(await performNight({ retries: retryPolicies.low })).toMatchObject({
      outcome: 'unknown',
      error: 'None of 3 requests was answered, and no callback came.',
    });
  });

  it('does not throw where the outputs are not answered, or by a page of a gateway', async () => {
    add({ match: { path: monitors }, times: 3, cut: true });
    expect(await performNight({ retries: retryPolicies.low })).toMatchObject({
      outcome: 'unknown',
      error: 'It succeeded, but the request for its outputs was not answered.',
    });
    add({ match: { path }, status: 403, body: '<html>' });
    expect(await performNight()).toMatchObject({ outcome: 'refused', error: 'It was answered 403.' });
  });
});

describe('the page about flows', () => {
  it('shows what the example prints', async () => {
    const page = readFileSync(new URL('../../docs/flows.md', import.meta.url), 'utf8');
    const [, shown = ''] = /```text\n(.*?)\n```/s.exec(page) ?? [];
    const month = await tellMonth();
    const wrong = shown.split('\n').filter((line) => !month.includes(line));
    expect([wrong, month.at(-1)]).toEqual([[], shown.split('\n').at(-1)]);
  });
});
