import type { ClauseId } from '../../contract/clauses.ts';
import { formattedValue, headers, members, table } from '../../contract/vocabulary.ts';
import { isObject, type JsonObject } from '../../harness/answer.ts';
import type { CheckTools } from '../../harness/collect.ts';
import { codesOf } from '../../harness/reading.ts';
import { comesLate } from '../../harness/late-rows.ts';
import { findRows } from '../../scenarios/support/rows.ts';
import { monitorMismatches } from '../model/expect-monitor.ts';
import { rowMismatches, type RowFacts } from '../model/expect-row.ts';
import type { ViewMismatch } from '../model/mismatch.ts';
import { forEach } from './batches.ts';
import { formMismatches, isLabelled, rowForm } from './row-forms.ts';
import type { Subject } from './subject.ts';

/** What it takes to look at operations. */
export type ViewTools = Pick<CheckTools, 'client' | 'target' | 'clock'>;

/** The custom API as rows name it. */
export interface Named {
  readonly name: string;
  readonly displayName: string;
}

/** Reads the monitor of a subject and holds it against its story. */
export async function lookAtMonitor(subject: Subject, now: number, when: string): Promise<void> {
  const answer = await subject.operation.getMonitor();
  subject.learn(answer);
  subject.atRest = answer.object();
  subject.note(monitorMismatches(subject.story(now), answer), when);
}

/** Reads the row of a subject once, as early as that may be. */
export async function lookAtEarlyRow(
  subject: Subject,
  named: Named,
  now: number,
  when: string,
): Promise<void> {
  const row = (await subject.operation.getRow()).object();
  if (row === undefined || !(table.key in row)) return;
  subject.noteTag(row, when);
  subject.note(rowMismatches(subject.story(now), row, factsOf(subject, named, true)), when);
}

function factsOf(subject: Subject, { name, displayName }: Named, mayLag: boolean): RowFacts {
  const seen = subject.atRest ?? {};
  const message = seen[members.errorMessage];
  // A code that was seen before the end may be that of an earlier attempt.
  const code = seen[members.state] === 3 ? seen[members.errorCode] : undefined;
  return { name, displayName, userId: subject.userId, mayLag, message, code };
}

/**
 * Reads the rows of subjects, each alone, and holds them against their stories. Where time passes in the target
 * beside its clock, rows that do not fit are read again for a while: elastic rows may be late.
 */
export async function lookAtRows(
  { client, target }: ViewTools,
  subjects: readonly Subject[],
  named: Named,
  now: number,
  when: string,
): Promise<void> {
  let open: { subject: Subject; mismatches: readonly ViewMismatch[] }[] = [];
  const look = async (from: readonly Subject[]): Promise<boolean> => {
    const seen = await forEach(from, async (subject) => ({
      subject,
      mismatches: await rowOf(client, subject, named, now),
    }));
    open = seen.filter(({ mismatches }) => mismatches.length > 0);
    return open.length === 0;
  };
  if (!(await look(subjects))) await comesLate(target, () => look(open.map(({ subject }) => subject)));
  const spared = sparedForms(
    subjects,
    new Set(open.flatMap(({ mismatches }) => mismatches.map(({ clause }) => clause))),
  );
  for (const { subject, mismatches } of open)
    subject.note(
      mismatches.filter(({ clause }) => !spared.has(clause)),
      when,
    );
}

/** Forms of asking for labels that say nothing: where none come as usual, or where another breach explains it. */
function sparedForms(subjects: readonly Subject[], broken: ReadonlySet<ClauseId>): ReadonlySet<ClauseId> {
  if (!subjects.some(({ labelled }) => labelled))
    return new Set(['prefer.several-fields', 'prefer.case-insensitive', 'prefer.any-position']);
  // What stands in the second of two fields is not the first of the list.
  return new Set(broken.has('prefer.any-position') ? ['prefer.several-fields'] : []);
}

async function rowOf(
  client: ViewTools['client'],
  subject: Subject,
  named: Named,
  now: number,
): Promise<readonly ViewMismatch[]> {
  const { operation } = subject;
  // The same id in capital letters is the same id.
  const capitals = subject.end !== undefined && operation.parts.owner === 'initiator';
  const form = subject.end === undefined ? undefined : rowForm(operation.id);
  const query = form?.selects === true ? `$select=${columns.join(',')}` : '';
  const fields: (readonly [string, string])[] = (form?.fields ?? []).map((field) => [headers.prefer, field]);
  // The documentation has clients send it with each request, so that no cache answers.
  if (form?.selects === true) fields.push(['If-None-Match', 'null']);
  const answer = await (capitals
    ? client.api('GET', operation.rowResource(query).replace(operation.id, operation.id.toUpperCase()), {
        headers: fields,
      })
    : operation.getRow(query, fields));
  const row = answer.object();
  if (answer.status === 404 && capitals && (await operation.getRow()).ok)
    return [{ clause: 'table.retrieve', reason: `its id in capital letters: ${answer.describe()}` }];
  if (answer.status === 404) return [{ clause: 'submit.row-exists', reason: answer.describe() }];
  if (answer.status !== 200 || row === undefined)
    return [{ clause: 'table.retrieve', reason: answer.describe() }];
  noteEarlyEnd(subject, row);
  subject.noteTag(row, 'read alone');
  const found = rowMismatches(subject.story(now), row, factsOf(subject, named, false));
  if (form === undefined) return found;
  subject.labelled ||= form.clause === 'table.formatted-values' && isLabelled(answer);
  return [...found, ...formMismatches(answer, form)];
}

/** Remembers where a row shows an end although a retry is still due. */
function noteEarlyEnd(subject: Subject, row: JsonObject): void {
  const ended = codesOf(row, table.state, table.status)?.state === 3;
  if (ended && subject.over === false) subject.endedEarly ??= subject.operation.attempts.length;
}

/** Reads the rows of subjects in one query of the table, and holds them against their stories. */
export async function lookAtList(
  { client, target }: ViewTools,
  subjects: readonly Subject[],
  named: Named,
  now: number,
  when: string,
): Promise<void> {
  const ended = subjects.every(({ end }) => end !== undefined);
  const prefer = ended ? ([[headers.prefer, labelsAndPages]] as const) : [];
  const since = Math.min(...subjects.map(({ submittedAt }) => submittedAt)) - 1_000;
  let open: { subject: Subject; mismatches: readonly ViewMismatch[] }[] = [];
  const look = async (): Promise<boolean> => {
    const from = `createdon ge ${new Date(since).toISOString()}`;
    const rows = await findRows(client, from, columns, prefer);
    const byId = Map.groupBy(rows.filter(isObject), (row) => String(row[table.key]).toLowerCase());
    open = subjects
      .map((subject) => ({ subject, mismatches: inList(subject, byId, named, now) }))
      .filter(({ mismatches }) => mismatches.length > 0);
    return open.length === 0;
  };
  if (!(await look())) await comesLate(target, look);
  for (const { subject, mismatches } of open) subject.note(mismatches, when);
}

function inList(
  subject: Subject,
  rows: ReadonlyMap<string, readonly JsonObject[]>,
  named: Named,
  now: number,
): readonly ViewMismatch[] {
  const [row, ...again] = rows.get(subject.operation.id) ?? [];
  if (row === undefined) {
    // Whose rows another user sees in a list is left open; one that is nowhere is no matter of lists.
    if (subject.operation.parts.owner !== 'initiator' || !subject.hasRow) return [];
    return [
      { clause: 'table.filter', reason: 'its row is not in a list of all that were created since then' },
    ];
  }
  if (again.length > 0)
    return [{ clause: 'table.filter', reason: 'its row stands in a list more than once' }];
  const missing = columns.find((name) => !(name in row));
  if (missing !== undefined)
    return [{ clause: 'table.select', reason: `the row in a list has no ${missing}` }];
  noteEarlyEnd(subject, row);
  return rowMismatches(subject.story(now), row, factsOf(subject, named, false), 'the row in a list');
}

/** Two preferences together: each has to be heeded, and told of. */
const labelsAndPages = `odata.include-annotations="${formattedValue}",odata.maxpagesize=1000`;

const columns = [
  table.key,
  table.state,
  table.status,
  'name',
  'displayname',
  'inputparameters',
  'outputparameters',
  'errorcode',
  'errormessage',
  'starttime',
  'endtime',
  'retrycount',
  'priority',
  'runas',
  'ttlinseconds',
  'createdon',
];
