import { createNightlyImport } from './nightly-import.ts';
import { runFlow } from './flow.ts';
import { VirtualOrganization } from './virtual-organization.ts';

const month = 28 * 86_400_000;

/** A month of the nightly flow, in words: a line for each night, and one for all. In the 20th night an answer gets lost. */
export async function tellMonth(): Promise<string[]> {
  const { api, imported } = createNightlyImport();
  const organization = new VirtualOrganization([api]);
  // The submission is taken, but its 202 never comes.
  const match = { path: `/api/data/v9.2/${api.uniqueName}` };
  organization.simulator.control.faults.add({ match, skip: 19, times: 1, cut: true, when: 'after' });
  const runs = await organization.until(runFlow(organization, organization.now() + month));
  organization.simulator.dispose();
  const lines = runs.map(({ night, performed, tookMs, action }) => {
    const took = String(tookMs / 1_000).padStart(5);
    const again = performed.sent > 1 ? `, submitted ${performed.sent} times` : '';
    return `${night}  ${performed.outcome.padEnd(9)}  ${took} s  ${action}${again}`;
  });
  const submitted = runs.reduce((sum, { performed }) => sum + performed.sent, 0);
  return [...lines, `${runs.length} nights, ${submitted} submissions, ${imported.size} nights imported`];
}
