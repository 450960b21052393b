import { expect, it } from 'vitest';
import { collectChecks } from '../harness/runner.ts';
import { handlersTransport } from './handlers-transport.ts';
import { suiteFiles } from './suite-files.ts';
import { runAll } from './work.ts';

it('finds the simulator conformant through its MSW handlers, as a client in a test reaches it', async () => {
  const { checks } = await runAll(
    await collectChecks(suiteFiles()),
    { seed: 1, runs: 5, deviations: [] },
    handlersTransport,
  );
  const open = checks.filter(({ outcome }) => outcome !== 'passed' && outcome !== 'not-tested');
  expect(open.map(({ clause, title, outcome, reason }) => ({ clause, title, outcome, reason }))).toEqual([]);
  expect(checks.filter(({ outcome }) => outcome === 'passed').length).toBeGreaterThan(800);
}, 300_000);
