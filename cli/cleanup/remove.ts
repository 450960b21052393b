import type { Answer } from '../../harness/answer.ts';
import type { Client } from '../../harness/client.ts';
import { maskText } from '../../harness/mask.ts';
import { Ending } from '../../harness/verdict.ts';
import { monitorPath } from '../../harness/operation.ts';
import { terminalMessage } from '../../contract/vocabulary.ts';
import { setOf, type Leftover } from './leftovers.ts';

/** What became of a leftover: `gone` says that it had ended or vanished by itself meanwhile. */
export type Removal = Leftover &
  (
    | { readonly outcome: 'removed' | 'canceled' | 'gone' }
    /** `reason`: what the target or the engine answered. */
    | { readonly outcome: 'refused'; readonly reason: string }
  );

/** Takes leftovers away, in their order: registrations are deleted, operations are canceled. */
export async function removeLeftovers(client: Client, leftovers: readonly Leftover[]): Promise<Removal[]> {
  const removals: Removal[] = [];
  for (const one of leftovers) removals.push(await remove(client, one));
  return removals;
}

async function remove(client: Client, one: Leftover): Promise<Removal> {
  let answer: Answer;
  try {
    answer =
      one.kind === 'operation'
        ? await client.send({ method: 'DELETE', path: monitorPath(one.id) })
        : await client.api('DELETE', `${setOf(one.kind)}(${one.id})`);
  } catch (error) {
    // The next one may go all the same.
    if (!(error instanceof Ending)) throw error;
    return { ...one, outcome: 'refused', reason: maskText(error.message) };
  }
  if (answer.ok) return { ...one, outcome: one.kind === 'operation' ? 'canceled' : 'removed' };
  const ended = one.kind === 'operation' && answer.body.includes(terminalMessage);
  if (ended || answer.status === 404) return { ...one, outcome: 'gone' };
  return { ...one, outcome: 'refused', reason: maskText(answer.describe()) };
}
