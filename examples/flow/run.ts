// A month of a nightly flow in a second: node examples/flow/run.ts
import { createNightlyImport } from './nightly-import.ts';
import { runFlow } from './flow.ts';
import { VirtualOrganization } from './virtual-organization.ts';

const began = performance.now();
const { api, imported } = createNightlyImport();
const organization = new VirtualOrganization([api]);
// In the night of the 20th the submission is taken, but its 202 gets lost.
const path = `/api/data/v9.2/${api.uniqueName}`;
organization.simulator.control.faults.add({ match: { path }, skip: 19, times: 1, cut: true, when: 'after' });

const month = 28 * 86_400_000;
const running = runFlow(organization, organization.now() + month);
await organization.advance(month + 3_600_000);
const runs = await running;
organization.simulator.dispose();

for (const { night, performed, tookMs, action } of runs) {
  const again = performed.sent > 1 ? `, submitted ${performed.sent} times` : '';
  console.log(
    `${night}  ${performed.outcome.padEnd(9)}  ${String(tookMs / 1_000).padStart(5)} s  ${action}${again}`,
  );
}
const submitted = runs.reduce((sum, { performed }) => sum + performed.sent, 0);
console.log(
  `${runs.length} nights, ${submitted} submissions, ${imported.size} nights imported, ` +
    `${((performance.now() - began) / 1_000).toFixed(1)} s of real time`,
);
