import { table } from '../../contract/vocabulary.ts';
import type { JsonObject } from '../../harness/answer.ts';
import type { CheckTools } from '../../harness/collect.ts';
import { show } from '../../harness/expect.ts';
import { comesLate } from '../../harness/late-rows.ts';
import type { SoapAnswer } from '../../harness/organization-service/soap-answer.ts';
import type { Entity, ValueType } from '../../harness/organization-service/values.ts';
import type { Columns } from '../../harness/organization-service/write.ts';
import { readKeyValues } from '../../harness/reading.ts';
import { labelsFor } from '../../harness/forms/labels.ts';
import { instantOf, sameValue } from '../../scenarios/support/values.ts';
import { forEach } from './batches.ts';
import type { Subject } from './subject.ts';

type Tools = Pick<CheckTools, 'sdk' | 'target'>;

/** The columns that the organization service has to give as the Web API does, with their types. */
const columns: Readonly<Record<string, ValueType>> = {
  [table.state]: 'OptionSetValue',
  [table.status]: 'OptionSetValue',
  name: 'string',
  displayname: 'string',
  inputparameters: 'string',
  outputparameters: 'string',
  errormessage: 'string',
  runas: 'string',
  errorcode: 'int',
  retrycount: 'int',
  ttlinseconds: 'int',
  createdon: 'dateTime',
  starttime: 'dateTime',
  endtime: 'dateTime',
};

type KeyValues = ReadonlyMap<string, unknown>;

/** Characters that no XML document can have, so that how a text with them travels is left open. */
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
/** A target may keep whole seconds in one of the two. */
const secondMs = 1_000;

/** Retrieves rows over the organization service, and holds each column against the row of the Web API. */
export async function lookAtService({ sdk, target }: Tools, subjects: readonly Subject[]): Promise<void> {
  let differing: { subject: Subject; reason: string }[] = [];
  const look = async (from: readonly Subject[]): Promise<boolean> => {
    const seen = await forEach(from, async (subject, index) => {
      const row = (await subject.operation.getRow()).object();
      if (row === undefined || Object.values(row).some(isUnwritable)) return [];
      const style = index % 2 === 0 ? 'dedicated' : 'execute';
      const { id, parts } = subject.operation;
      // What another user sees of it is left open.
      // The same id in capital letters is the same id; who is asked again is asked in the same letters.
      const written = id < '8' ? id : id.toUpperCase();
      const retrieve = (asked: Columns): Promise<SoapAnswer> =>
        sdk.retrieve(written, asked, style, parts.owner);
      // That all columns can be asked for at once is nowhere documented as a duty.
      const all = index % 3 === 0 ? await retrieve('all') : undefined;
      const soap = all?.row === undefined ? await retrieve(Object.keys(columns)) : all;
      const reason = soap.row === undefined ? soap.describe() : differenceIn(row, soap.row);
      return reason === undefined ? [] : [{ subject, reason }];
    });
    differing = seen.flat();
    return differing.length === 0;
  };
  if (!(await look(subjects))) await comesLate(target, () => look(differing.map(({ subject }) => subject)));
  for (const { subject, reason } of differing)
    subject.note([{ clause: 'sdk.retrieve', reason }], 'retrieved at its end');
}

function isUnwritable(value: unknown): boolean {
  return typeof value === 'string' && unwritable.test(value);
}

/** The first column in which the two rows differ, in words; undefined where none does. */
function differenceIn(row: JsonObject, { attributes, labels }: Entity): string | undefined {
  for (const [name, type] of Object.entries(columns)) {
    const found = attributes.get(name) ?? undefined;
    const wanted = row[name] ?? undefined;
    if (found === undefined && isNothing(wanted)) continue;
    const typed = found !== undefined && (found.type === type || isNothing(found.value));
    if (typed && isSame(name, type, wanted, found.value)) continue;
    const got = found === undefined ? 'nothing' : `the ${found.type} ${show(found.value)}`;
    return `expected ${name} of Retrieve to be ${show(wanted)} as the row has it, got ${got}`;
  }
  for (const name of [table.state, table.status]) {
    const right = labelsFor(name, row[name]);
    const shown = labels.get(name);
    if (shown === undefined || right.includes(shown)) continue;
    return `expected the label of ${name} ${show(row[name])} to be ${right.join(' or ')}, got ${show(shown)}`;
  }
  return undefined;
}

/** Without a value a column may be absent, empty, or a list of none. */
function isNothing(value: unknown): boolean {
  return (
    value === undefined || value === '' || (typeof value === 'string' && readKeyValues(value)?.size === 0)
  );
}

function isSame(name: string, type: ValueType, wanted: unknown, shown: unknown): boolean {
  if (isNothing(wanted)) return isNothing(shown);
  if (wanted === shown) return true;
  if (type === 'dateTime') return Math.abs(instantOf(wanted) - instantOf(shown)) < secondMs;
  // A GUID is the same in any letters, and a list in any form.
  if (name === 'runas') return String(wanted).toLowerCase() === String(shown).toLowerCase();
  return isSameList(readKeyValues(wanted), readKeyValues(shown));
}

/** Whether two lists have the same values; one that was not set may be absent or null. */
function isSameList(wanted: KeyValues | undefined, shown: KeyValues | undefined): boolean {
  if (wanted === undefined || shown === undefined) return false;
  return [...new Set([...wanted.keys(), ...shown.keys()])].every((name) => {
    const [one, other] = [wanted.get(name) ?? null, shown.get(name) ?? null];
    return one === other || (one !== null && other !== null && sameValue(name, one, other));
  });
}
