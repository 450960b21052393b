import type { ClauseId } from '../../contract/clauses.ts';
import type { Need } from '../../contract/clause.ts';
import { headers, members, pairs } from '../../contract/vocabulary.ts';
import type { Answer } from '../../harness/answer.ts';
import type { CancelWay, Operation } from '../../harness/operation.ts';
import type { CallOptions } from '../../harness/probe-calls.ts';
import { Blocked, expect, Hold, NotReached, Undecided } from '../../harness/test.ts';
import type { CheckTools } from '../../harness/collect.ts';

/** Both documented ways to cancel, with what each needs beside what its clause needs. */
export const ways: readonly {
  readonly way: CancelWay;
  readonly name: string;
  readonly needs: readonly Need[];
}[] = [
  { way: 'delete', name: 'DELETE', needs: [] },
  { way: 'patch', name: 'PATCH', needs: ['table'] },
];

/** An operation in the midst of its first attempt, which goes on until the hold is released. */
export interface Running {
  readonly operation: Operation;
  readonly hold: Hold;
}

/** Starts an operation whose first attempt is held open. */
export async function running(
  { submit }: Pick<CheckTools, 'submit'>,
  options: Omit<CallOptions, 'attempts'> = {},
): Promise<Running> {
  const hold = new Hold(1_000);
  const operation = await submit({ ...options, attempts: [hold] });
  await operation.started();
  return { operation, hold };
}

/** Demands the documented answer to an accepted DELETE: 200 with the codes of canceling; once an attempt has failed, its error may stand there too. */
export function expectDeleteAnswer(answer: Answer, hasFailed = false): void {
  expect(answer, 'status', 'the status of DELETE').toBe(200);
  const body = answer.object();
  expect(body?.[members.state], `${members.state} in the answer to DELETE`, body).toBe(pairs.canceling.state);
  expect(body?.[members.status], `${members.status} in the answer to DELETE`, body).toBe(
    pairs.canceling.status,
  );
  const mayBeThere: readonly string[] = [
    ...[members.state, members.status],
    ...(hasFailed ? [members.errorCode, members.errorMessage] : []),
  ];
  // Annotations may come with any answer.
  const further = Object.keys(body ?? {}).filter((name) => !mayBeThere.includes(name) && !name.includes('@'));
  expect(further, 'further members of the answer to DELETE', body).toEqual([]);
}

/** Blocks a check about the answer to DELETE where there is no monitor at all. */
export async function requireMonitor(operation: Operation, answer: Answer): Promise<void> {
  if (answer.status === 404 && (await operation.getMonitor()).status === 404)
    throw new Blocked('submit.monitor-exists', answer.describe());
}

/** Demands the documented answer to an accepted PATCH: 204 without a body, `OData-Version: 4.0`. */
export function expectPatchAnswer(answer: Answer): void {
  expect(answer, 'status', 'the status of PATCH').toBe(204);
  expect(answer, 'body', 'the body of the answer to PATCH').toBe('');
  expect(answer.header(headers.odataVersion)?.trim(), 'OData-Version of the answer to PATCH', answer).toBe(
    '4.0',
  );
}

/** Blocks a check about an operation that waits where the target has not waited for its clock to move. */
export function requireNotStarted(operation: Operation): void {
  if (operation.attempts.length > 0)
    throw new NotReached('submit.does-not-wait', 'it was executed before the clock had moved');
}

/**
 * Cancels through the row. An elastic row may not be there yet, and letting time pass for it would
 * start the operation: then the check stays undecided.
 */
export async function patchOnceThere(operation: Operation): Promise<Answer> {
  const answer = await operation.cancel('patch');
  if (answer.status !== 404 || (await operation.getRow()).status !== 404) return answer;
  throw new Undecided('the row cannot be read before time passes, which would start the operation');
}

/** Blocks a check about how something is refused where it is not refused at all. */
export function requireRefusal(answer: Answer, clause: ClauseId): void {
  if (answer.ok) throw new Blocked(clause, answer.describe());
}
