import { exit, type Terminal } from '../terminal.ts';
import type { VerifyRequest } from '../verify/parse-options.ts';
import { planOf } from './plan.ts';
import { rehearse } from './rehearse.ts';
import { planLines } from './text.ts';

/**
 * `bgop verify --plan`: tells what the run would do, and neither contacts the target nor writes a file.
 */
export async function showPlan(
  { config, options, only, selected }: VerifyRequest,
  terminal: Terminal,
): Promise<number> {
  const { format, workers } = options;
  const plan = planOf(config, await rehearse(config, selected), only, selected, workers);
  if (format.includes('json')) terminal.document(JSON.stringify(plan, null, 2));
  else for (const line of planLines(plan)) terminal.out(line);
  return exit.good;
}
