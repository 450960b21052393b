import { isRunId, newRunId } from '../../harness/run-id.ts';
import { UsageError } from '../terminal.ts';

/** A pipeline may choose the id itself, so that it knows what to clean up after it has killed a run. */
export function runIdOf({ BGOP_RUN_ID: given }: NodeJS.ProcessEnv): string {
  if (given === undefined || given === '') return newRunId();
  if (isRunId(given)) return given;
  throw new UsageError('BGOP_RUN_ID in the environment: expected 1 to 40 letters, digits and inner hyphens.');
}
