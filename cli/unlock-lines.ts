import { listed } from '../reports/listed.ts';
import type { Unlock } from '../reports/unlock.ts';
import { plain } from './verify/progress.ts';

/** Tells at a terminal what would unlock more, with the first `most` clauses of each group; nothing where all was tested. */
export function unlockLines(unlocks: readonly Unlock[], most: number): string[] {
  if (unlocks.length === 0) return [];
  return [
    '',
    'What would unlock more:',
    ...unlocks.flatMap(({ line, clauses }) => [
      `  ${plain(line)}`,
      `    ${listed(
        clauses.map((id) => ({ id })),
        most,
      )}`,
    ]),
  ];
}
