import type { Result } from '../result.ts';

/** The result as a badge in the endpoint format of shields.io (schema version 1). */
export function badge(result: Result): string {
  const { message, color } = words(result);
  return `${JSON.stringify({ schemaVersion: 1, label: 'background operations', message, color }, null, 2)}\n`;
}

function words({ clauses, run }: Result): { message: string; color: string } {
  const musts = clauses.filter(({ level }) => level === 'MUST');
  const of = (verdict: string): number => musts.filter((clause) => clause.verdict === verdict).length;
  const [broken, held, known] = [of('failed'), of('passed'), of('known-deviation')];
  if (broken > 0) return { message: `${broken} of ${musts.length} broken`, color: 'red' };
  if ((run.problems ?? []).length > 0) return { message: 'failing', color: 'red' };
  if (run.incomplete !== undefined || held === 0) return { message: 'incomplete', color: 'lightgrey' };
  if (known > 0) return { message: `${held} of ${musts.length} hold, ${known} known`, color: 'yellow' };
  const color = held === musts.length ? 'brightgreen' : 'green';
  return { message: `${held} of ${musts.length} hold`, color };
}
