import { stateLabels, statusLabels, table } from '../../contract/vocabulary.ts';

const spellings: Readonly<Record<string, Readonly<Record<number, readonly string[]>>>> = {
  [table.state]: listed(stateLabels),
  // One of them is spelled in two ways by the documentation.
  [table.status]: { ...listed(statusLabels), 22: ['Canceling', 'Cancelling'] },
};

function listed(labels: Readonly<Record<number, string>>): Record<number, readonly string[]> {
  return Object.fromEntries(Object.entries(labels).map(([code, label]) => [code, [label]]));
}

/** The labels that a code in a column may have: none for an unknown one. */
export function labelsFor(column: string, code: unknown): readonly string[] {
  return spellings[column]?.[Number(code)] ?? [];
}
