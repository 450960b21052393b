import { table } from '../../contract/vocabulary.ts';
import { ok, skipped, wrong, type Seen } from './finding.ts';
import { as, type Patient } from './patient.ts';

/** The columns that the article tells clients to read when they poll. */
const columns = ['name', table.state, table.status, 'outputparameters', 'errorcode', 'errormessage'];

/** Whether the table of operations can be read. */
export async function lookAtTable(patient: Patient): Promise<Seen> {
  if (!patient.target.config.target.table) return skipped('target.table is false');
  const answer = await as(patient, 'initiator').api(
    'GET',
    `${table.set}?$select=${columns.join(',')}&$top=1`,
  );
  if (answer.status === 200 && Array.isArray(answer.object()?.['value']))
    return ok(`${table.set} can be read`);
  const told = `${table.set} cannot be read: ${answer.describe()}`;
  return answer.status === 404
    ? wrong(told, 'If the target does not offer the table, set target.table to false.')
    : wrong(told, 'The table must answer 200 with {"value":[…]} to a query with $select and $top.');
}
