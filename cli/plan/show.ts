import type { Config } from '../../harness/config.ts';
import { exit, UsageError, type Terminal } from '../terminal.ts';
import type { VerifyOptions } from '../verify/options.ts';
import { planOf } from './plan.ts';
import { rehearse } from './rehearse.ts';
import { planLines } from './tell.ts';

/**
 * `bgop verify --plan`: tells what the run would do, and neither contacts the target nor writes a file.
 *
 * @param only the patterns of `--only`
 * @param selected the ids that they select; all when absent
 * @throws UsageError for options that mean nothing without a run
 */
export async function showPlan(
  config: Config,
  { format, shard, workers }: Pick<VerifyOptions, 'format' | 'shard' | 'workers'>,
  only: readonly string[],
  selected: readonly string[] | undefined,
  terminal: Terminal,
): Promise<number> {
  const other = format.find((name) => name !== 'json');
  if (other !== undefined) {
    throw new UsageError(`--format ${other} is of a report; a plan is a table, or JSON with --format json.`);
  }
  if (shard !== undefined) throw new UsageError('--plan is of the whole run: leave --shard out.');
  const plan = planOf(config, await rehearse(config, selected), only, selected, workers);
  if (format.includes('json')) terminal.document(JSON.stringify(plan, null, 2));
  else for (const line of planLines(plan)) terminal.out(line);
  return exit.good;
}
