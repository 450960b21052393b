import type { EventContext, Events } from '../../harness/events.ts';
import type { Operation } from '../../harness/operation.ts';
import { NotReached, NotTestable } from '../../harness/test.ts';
import type { Completion } from './completions.ts';
import { comesAsUsual, type WaitingTarget } from './waiting.ts';

/**
 * The contexts of the event that an operation at rest raised, once one has come. Where none does, the
 * check is blocked, or not testable where none need come.
 */
export async function announced(
  operation: Operation,
  events: Events,
  target: WaitingTarget,
  { certain }: Pick<Completion, 'certain'>,
): Promise<readonly EventContext[]> {
  const came = (): boolean => events.of(operation.id).length > 0;
  const what = certain ? 'event' : 'event after cancellation';
  if (await comesAsUsual(target, what, came)) return events.of(operation.id);
  if (!certain) throw new NotTestable('no event comes after a cancellation (event.on-cancel)');
  throw new NotReached('event.each-completion', `no event came for operation ${operation.id}`);
}
