import type { ClauseId } from '../../contract/clauses.ts';
import { formattedValue, headers, table } from '../../contract/vocabulary.ts';
import type { Answer } from '../../harness/answer.ts';
import { show } from '../../harness/expect.ts';
import { labelsFor } from '../../harness/forms/labels.ts';
import type { ViewMismatch } from '../model/mismatch.ts';

/** How a row is asked for: with which `Prefer` fields, and whether its columns are chosen. */
export interface RowForm {
  /** The clause that is broken where labels do not come for these fields. */
  readonly clause: ClauseId;
  readonly fields: readonly string[];
  readonly selects: boolean;
}

const labels = `odata.include-annotations="${formattedValue}"`;
const stateLabel = `${table.state}@${formattedValue}`;
const statusLabel = `${table.status}@${formattedValue}`;

/** Ways to ask for labels that mean the same; the first as it is documented. */
const ways: readonly Omit<RowForm, 'selects'>[] = [
  { clause: 'table.formatted-values', fields: [labels] },
  { clause: 'table.formatted-values', fields: ['odata.include-annotations="*"'] },
  { clause: 'prefer.several-fields', fields: ['odata.maxpagesize=50', labels] },
  { clause: 'prefer.case-insensitive', fields: [labels.replace('odata.include', 'OData.Include')] },
  { clause: 'prefer.any-position', fields: [`odata.maxpagesize=50, ${labels}`] },
];

/** The form in which the row of an operation is asked for: one of ten, by its id. */
export function rowForm(id: string): RowForm {
  const digit = Number.parseInt(id.slice(0, 2), 16) || 0;
  return {
    ...(ways[digit % ways.length] ?? { clause: 'table.formatted-values', fields: [] }),
    selects: digit >= 0x80,
  };
}

/** Whether an answer has the labels of both choices. */
export function isLabelled(answer: Answer): boolean {
  const row = answer.object() ?? {};
  return stateLabel in row && statusLabel in row;
}

/** What is wrong with the form of an answer that is a row. */
export function formMismatches(answer: Answer, { clause, fields }: RowForm): readonly ViewMismatch[] {
  const row = answer.object() ?? {};
  const found: ViewMismatch[] = ['@odata.context', '@odata.etag']
    .filter((name) => !(name in row))
    .map((name) => ({ clause: 'table.retrieve', reason: `the row has no ${name}` }));
  if (answer.header(headers.odataVersion)?.trim() !== '4.0')
    found.push({ clause: 'table.retrieve', reason: answer.describeHeaders(headers.odataVersion) });
  const applied = answer.header(headers.preferenceApplied) ?? '';
  if (!(stateLabel in row) && !(statusLabel in row))
    return [...found, { clause, reason: `no labels came for Prefer: ${fields.join(' + Prefer: ')}` }];
  for (const [column, name] of [
    [table.state, stateLabel],
    [table.status, statusLabel],
  ] as const) {
    const labels = labelsFor(column, row[column]);
    if (labels.includes(String(row[name]))) continue;
    const reason = `expected the label of ${column} ${show(row[column])} to be ${labels.join(' or ')}, got ${show(row[name])}`;
    found.push({ clause: 'table.formatted-values', reason });
  }
  if (!applied.toLowerCase().includes('odata.include-annotations'))
    found.push({
      clause: 'table.preference-applied',
      reason: answer.describeHeaders(headers.preferenceApplied),
    });
  return found;
}
