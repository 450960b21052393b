import { isKnownPair } from '../../contract/lifecycle.ts';
import { formattedValue, headers, limits, table } from '../../contract/vocabulary.ts';
import type { Answer, JsonObject } from '../answer.ts';
import { readKeyValues } from '../reading.ts';
import { optional, required, unasked } from './columns.ts';
import { labelsFor } from './labels.ts';
import { asksForLabels, optionOf } from './requests.ts';
import type { Wanted } from './wanted.ts';

/** Whole seconds may be kept, and rounded. */
const secondMs = 1_000;

/** Holds any row that was read alone against what each of them has to be. */
export function rowAnswerForm(answer: Answer, wanted: Wanted): void {
  const row = answer.object();
  // What has no key is no row: whoever asked for it knows why.
  if (row === undefined || (row[table.key] ?? null) === null) return;
  for (const name of ['@odata.context', '@odata.etag'])
    wanted(name in row, 'table.retrieve', name, 'there', undefined);
  const version = answer.header(headers.odataVersion);
  wanted(version?.trim() === '4.0', 'table.retrieve', headers.odataVersion, '4.0', version);
  rowForm(answer, row, wanted);
}

/** Holds a row, read alone or in a list, against what was asked for, and against itself. */
export function rowForm(answer: Answer, row: JsonObject, wanted: Wanted): void {
  expectChosen(row, optionOf(answer.request, '$select'), wanted);
  expectTypes(row, wanted);
  expectLabels(row, asksForLabels(answer.request), wanted);
  expectState(row, wanted);
}

function expectChosen(row: JsonObject, select: string | undefined, wanted: Wanted): void {
  if (select === undefined || select === '*') return;
  const chosen = select.split(',').map((name) => name.trim());
  const known = chosen.filter((name) => name in required || name in optional);
  for (const name of known) wanted(name in row, 'table.select', name, 'there: it was chosen', undefined);
  const further = Object.keys(row).find(
    (name) => !name.includes('@') && !unasked.has(name) && !chosen.includes(name),
  );
  if (known.length > 0)
    wanted(further === undefined, 'table.select-only', 'the columns', `those of $select=${select}`, further);
}

function expectTypes(row: JsonObject, wanted: Wanted): void {
  for (const [name, value] of Object.entries(row)) {
    const type = required[name] ?? optional[name];
    if (type === undefined || (value === null && !(name in required))) continue;
    wanted(type.fits(value), 'table.column-types', name, type.words, value);
  }
}

function expectLabels(row: JsonObject, asked: boolean | undefined, wanted: Wanted): void {
  if (asked === undefined) return;
  for (const name of [table.state, table.status]) {
    const code = row[name];
    if (typeof code !== 'number') continue;
    const label = row[`${name}@${formattedValue}`];
    const labels = labelsFor(name, code);
    wanted(
      asked ? labels.length === 0 || labels.includes(String(label)) : label === undefined,
      asked ? 'table.formatted-values' : 'table.formatted-values-on-request',
      `the label of ${name} ${code}`,
      asked ? labels.join(' or ') : 'absent: none was asked for',
      label,
    );
  }
}

/** What the columns of one row have to do with each other. */
function expectState(row: JsonObject, wanted: Wanted): void {
  const [state, status] = [row[table.state], row[table.status]];
  if (typeof state !== 'number' || typeof status !== 'number') return;
  const codes = [state, status];
  wanted(isKnownPair(state, status), 'state.known-pairs', 'the codes', 'one of the six pairs', codes);
  if (!isKnownPair(state, status)) return;
  const { createdon, starttime, endtime, outputparameters, retrycount, errorcode, errormessage } = row;
  if (state !== 3)
    wanted((endtime ?? null) === null, 'table.no-endtime-before-end', 'endtime', 'null', endtime);
  if (status !== 30 && (outputparameters ?? null) !== null)
    wanted(
      readKeyValues(outputparameters)?.size === 0,
      'table.outputparameters-only-on-success',
      'outputparameters',
      'null or an empty array',
      outputparameters,
    );
  if (status === 30 && retrycount === 0)
    wanted(
      (errorcode ?? null) === null && (errormessage ?? null) === null,
      'table.error-columns',
      'the error of a success without a retry',
      'null',
      [errorcode, errormessage],
    );
  if (row['ttlinseconds'] !== undefined)
    wanted(
      row['ttlinseconds'] === limits.ttlSeconds,
      'ttl.default',
      'ttlinseconds',
      String(limits.ttlSeconds),
      row['ttlinseconds'],
    );
  if (status === 30 && typeof starttime === 'string' && typeof endtime === 'string')
    wanted(
      ordered(createdon, starttime) && ordered(starttime, endtime),
      'table.times',
      'createdon, starttime and endtime',
      'in this order',
      [createdon, starttime, endtime],
    );
}

function ordered(earlier: unknown, later: unknown): boolean {
  if (earlier === undefined) return true;
  return Date.parse(String(earlier)) <= Date.parse(String(later)) + secondMs;
}
