import type { Answer } from '../answer.ts';
import { isGuid } from '../expect.ts';
import { monitorPath } from '../operation.ts';
import type { Play } from '../plan.ts';
import { NotReached } from '../verdict.ts';
import { isAccepted } from './accepted.ts';

/** How more is found out about a call that was refused. */
export interface Inquiry {
  /** Calls an API that does not fail. */
  readonly usual: () => Promise<Answer>;
  readonly read: (path: string) => Promise<Answer>;
}

/**
 * The operation of a call that was refused since its custom API fails, though it is carried out: some targets make the first attempt at once, and
 * refuse what fails in it. That is noted, and the operation that the attempt names is followed. Undefined for any other
 * call.
 *
 * @throws NotReached where only calls that fail are refused, and no operation of theirs is known
 */
export async function idThoughRefused(
  { answer, play }: { readonly answer: Answer; readonly play: Pick<Play, 'attempts'> | undefined },
  { usual, read }: Inquiry,
): Promise<string | undefined> {
  if (answer.status < 400 || answer.status === 429) return undefined;
  if (!isAccepted(await usual())) return undefined;
  const id = play?.attempts.at(-1)?.calls.at(-1)?.backgroundOperationId;
  if (id === undefined || !isGuid(id) || !(await read(monitorPath(id))).ok)
    throw new NotReached('submit.failure-is-accepted', answer.describe());
  answer.note('submit.failure-is-accepted', answer.describe());
  return id;
}
