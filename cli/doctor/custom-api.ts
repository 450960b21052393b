import { isObject } from '../../harness/answer.ts';
import { as, type Patient } from './patient.ts';

/** What the table of custom APIs says of one; `unknown` where the table cannot be read. */
export type CustomApiDescription =
  | { readonly kind: 'found'; readonly displayName: string | undefined }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown' };

/** Looks a custom API up by its unique name, without executing it. */
export async function describeCustomApi(patient: Patient, name: string): Promise<CustomApiDescription> {
  const filter = encodeURIComponent(`uniquename eq '${name.replaceAll("'", "''")}'`);
  const resource = `customapis?$select=uniquename,displayname&$filter=${filter}`;
  const answer = await as(patient, 'initiator').api('GET', resource);
  const rows = answer.object()?.['value'];
  if (answer.status !== 200 || !Array.isArray(rows)) return { kind: 'unknown' };
  const row = (rows as unknown[]).filter(isObject).find(({ uniquename }) => uniquename === name);
  if (row === undefined) return { kind: 'absent' };
  const { displayname } = row;
  return { kind: 'found', displayName: typeof displayname === 'string' ? displayname : undefined };
}
