import { table } from '../../contract/vocabulary.ts';
import { interceptionOf } from '../reach/intermediary.ts';
import { ok, skipped, unready, wrong, type SeenByDoctor } from './finding.ts';
import { as, type Patient } from './patient.ts';

/** The columns that the article tells clients to read when they poll. */
const columns = ['name', table.state, table.status, 'outputparameters', 'errorcode', 'errormessage'];

/** Whether the table of operations can be read. */
export async function lookAtTable(patient: Patient): Promise<SeenByDoctor> {
  if (!patient.target.config.target.table) return skipped('target.table is false');
  const client = as(patient, 'initiator');
  const answer = await client.api('GET', `${table.set}?$select=${columns.join(',')}&$top=1`);
  if (answer.status === 200 && Array.isArray(answer.object()?.['value']))
    return ok(`${table.set} can be read`);
  const intercepted = interceptionOf(answer);
  if (intercepted !== undefined) {
    const { told, advice, passes } = intercepted;
    return unready(told, advice, passes ? 'starting' : 'misconfigured');
  }
  const told = `${table.set} cannot be read: ${answer.describe()}`;
  if (answer.status !== 404)
    return wrong(told, 'The table must answer 200 with {"value":[…]} to a query with $select and $top.');
  const mend = 'If the target does not offer the table, set target.table to false.';
  // One that is there, but answers such a query 404, breaks the contract.
  const plain = await client.api('GET', table.set);
  return plain.status === 404 ? unready(told, mend, 'starting') : wrong(told, mend);
}
