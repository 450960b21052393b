import type { Need } from '../contract/clause.ts';

/**
 * What of a clause's needs a target lacks. `clock` is met by waiting where the clause allows it
 * (`slow`) and the run was asked to wait. With unknown `offers`, only the organization service is
 * taken to be missing: it is the one thing that no target offers by itself.
 */
export function lacking(needs: readonly Need[], offers: readonly Need[] | undefined): Need[] {
  if (offers === undefined) return needs.filter((need) => need === 'sdk');
  const waits = needs.includes('slow') && offers.includes('slow');
  return needs.filter((need) => need !== 'slow' && !offers.includes(need) && !(need === 'clock' && waits));
}
