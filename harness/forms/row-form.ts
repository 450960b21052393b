import { isKnownPair } from '../../contract/lifecycle.ts';
import { formattedValue, headers, limits, table } from '../../contract/vocabulary.ts';
import type { Answer, JsonObject } from '../answer.ts';
import { readKeyValues } from '../reading.ts';
import { columnForm, neverNull, unasked } from './columns.ts';
import { labelsFor } from './labels.ts';
import { asksForLabels, optionOf, preferOf } from './requests.ts';
import { asPlainText, type Demand } from './demand.ts';

/** Whole seconds may be kept, and rounded. */
const secondMs = 1_000;

/** Holds any row that was read alone against what each of them has to be. */
export function rowAnswerForm(answer: Answer, demand: Demand): void {
  const row = answer.object();
  // What has no key is no row: whoever asked for it knows why.
  if (row === undefined || (row[table.key] ?? null) === null) return;
  for (const name of ['@odata.context', '@odata.etag'])
    demand(name in row, 'table.retrieve', name, 'there', undefined);
  const version = answer.header(headers.odataVersion);
  demand(version?.trim() === '4.0', 'table.retrieve', headers.odataVersion, '4.0', version);
  appliedForm(answer, [row], demand);
  lookAtRow(row, askedFor(answer), demand);
}

/** What a request of rows asks for. */
interface AskedFor {
  /** The columns of `$select`; undefined where none are chosen. */
  readonly chosen: readonly string[] | undefined;
  /** Those of them that the table has. */
  readonly known: readonly string[];
  /** Whether labels are wanted; undefined where that is not clear. */
  readonly labels: boolean | undefined;
}

/** What the request of an answer asks for, read once for all of its rows. */
export function askedFor({ request }: Answer): AskedFor {
  const select = optionOf(request, '$select');
  const chosen =
    select === undefined || select === '*' ? undefined : select.split(',').map((name) => name.trim());
  const known = chosen?.filter((name) => columnForm(name) !== undefined) ?? [];
  return { chosen, known, labels: asksForLabels(request) };
}

/** Holds a row, read alone or in a list, against what was asked for, and against itself. */
export function lookAtRow(row: JsonObject, asked: AskedFor, demand: Demand): void {
  expectChosen(row, asked, demand);
  expectTypes(row, demand);
  expectLabels(row, asked.labels, demand);
  expectState(row, demand);
}

function expectChosen(row: JsonObject, { chosen, known }: AskedFor, demand: Demand): void {
  if (chosen === undefined) return;
  for (const name of known) demand(name in row, 'table.select', name, 'there: it was chosen', undefined);
  const further = Object.keys(row).find(
    (name) => !name.includes('@') && !unasked.has(name) && !chosen.includes(name),
  );
  if (known.length > 0)
    demand(
      further === undefined,
      'table.select-only',
      'the columns',
      `those of $select=${chosen.join()}`,
      further,
    );
}

/** Whether a row carries a label: whoever gives one has understood that labels are wanted. */
function isLabelled(row: JsonObject): boolean {
  return Object.keys(row).some((name) => name.endsWith(`@${formattedValue}`));
}

/** Holds the preferences that an answer says it applied against the labels that it gives. */
export function appliedForm(answer: Answer, rows: readonly JsonObject[], demand: Demand): void {
  if (!preferOf(answer.request).join().includes(formattedValue) || !rows.some(isLabelled)) return;
  const applied = answer.header(headers.preferenceApplied);
  demand(
    applied?.toLowerCase().includes('odata.include-annotations') === true,
    'table.preference-applied',
    headers.preferenceApplied,
    'one with odata.include-annotations',
    applied,
  );
}

function expectTypes(row: JsonObject, demand: Demand): void {
  for (const [name, value] of Object.entries(row)) {
    const type = columnForm(name);
    if (type === undefined || (value === null && !(name in neverNull))) continue;
    demand(type.fits(value), 'table.column-types', name, type.words, value);
  }
}

function expectLabels(row: JsonObject, asked: boolean | undefined, demand: Demand): void {
  if (asked === undefined) return;
  for (const name of [table.state, table.status]) {
    const code = row[name];
    if (typeof code !== 'number') continue;
    const label = row[`${name}@${formattedValue}`];
    const labels = labelsFor(name, code);
    demand(
      asked ? labels.length === 0 || labels.includes(asPlainText(label)) : label === undefined,
      asked ? 'table.formatted-values' : 'table.formatted-values-on-request',
      `the label of ${name} ${code}`,
      asked ? labels.join(' or ') : 'absent: none was asked for',
      label,
    );
  }
}

/** What the columns of one row have to do with each other. */
function expectState(row: JsonObject, demand: Demand): void {
  const [state, status] = [row[table.state], row[table.status]];
  if (typeof state !== 'number' || typeof status !== 'number') return;
  const codes = [state, status];
  demand(isKnownPair(state, status), 'state.known-pairs', 'the codes', 'one of the six pairs', codes);
  if (!isKnownPair(state, status)) return;
  const { createdon, starttime, endtime, outputparameters, retrycount, errorcode, errormessage } = row;
  if (state !== 3)
    demand((endtime ?? null) === null, 'table.no-endtime-before-end', 'endtime', 'null', endtime);
  if (status !== 30 && (outputparameters ?? null) !== null)
    demand(
      readKeyValues(outputparameters)?.size === 0,
      'table.outputparameters-only-on-success',
      'outputparameters',
      'null or an empty array',
      outputparameters,
    );
  if (status === 30 && retrycount === 0)
    demand(
      (errorcode ?? null) === null && (errormessage ?? null) === null,
      'table.error-columns',
      'the error of a success without a retry',
      'null',
      [errorcode, errormessage],
    );
  if (row['ttlinseconds'] !== undefined)
    demand(
      row['ttlinseconds'] === limits.ttlSeconds,
      'ttl.default',
      'ttlinseconds',
      String(limits.ttlSeconds),
      row['ttlinseconds'],
    );
  if (status === 30 && typeof starttime === 'string' && typeof endtime === 'string')
    demand(
      ordered(createdon, starttime) && ordered(starttime, endtime),
      'table.times',
      'createdon, starttime and endtime',
      'in this order',
      [createdon, starttime, endtime],
    );
}

function ordered(earlier: unknown, later: unknown): boolean {
  if (earlier === undefined) return true;
  return Date.parse(asPlainText(earlier)) <= Date.parse(asPlainText(later)) + secondMs;
}
