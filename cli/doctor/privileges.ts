import { randomUUID } from 'node:crypto';
import { table } from '../../contract/vocabulary.ts';
import type { Answer } from '../../harness/answer.ts';
import type { Principal } from '../../harness/auth.ts';
import { monitorPath } from '../../harness/operation.ts';
import { as, isRefusal, type Patient } from './patient.ts';

/** The first thing that a principal may not do, by an operation that does not exist: nothing can change. */
export async function lackingPrivilege(
  patient: Patient,
  principal: Principal,
): Promise<{ readonly what: string; readonly answer: Answer } | undefined> {
  const client = as(patient, principal);
  if (patient.target.config.target.table) {
    const answer = await client.api('GET', `${table.set}?$select=${table.key}&$top=1`);
    if (isRefusal(answer)) return { what: 'read the table of operations', answer };
  }
  const path = monitorPath(randomUUID());
  const read = await client.send({ method: 'GET', path });
  if (isRefusal(read)) return { what: 'read a status monitor', answer: read };
  const canceled = await client.send({ method: 'DELETE', path });
  return isRefusal(canceled) ? { what: 'cancel operations', answer: canceled } : undefined;
}
