import type { CheckTools } from '../../harness/collect.ts';
import type { Operation } from '../../harness/operation.ts';
import { type FlowSubscription, withRegistrationIfOffered } from './registration.ts';
import { comes, comesAsUsual } from './waiting.ts';

/** A way in which a client is told of a completion, as messages name it. */
export type ToldBy = 'callbacks' | 'events' | 'calls of a callback registration';

/** Counts how often operations were told of, by every way that the target offers. */
export interface Told {
  /** How often each way told of an operation. */
  readonly of: (operation: Operation) => ReadonlyMap<ToldBy, number>;
  /** Lets time pass until each operation was told of in every way, as far as it is told of at all. */
  readonly allOf: (operations: readonly Operation[]) => Promise<void>;
}

type Tools = Pick<CheckTools, 'client' | 'target' | 'events'>;

/** Subscribes in every way that the target offers, for as long as `use` works. Callbacks are asked for by each submission. */
export async function withEveryWay(tools: Tools, use: (told: Told) => Promise<void>): Promise<void> {
  const { target, events } = tools;
  if (target.offers.events !== undefined) await events.subscribe();
  await withRegistrationIfOffered(tools, (subscription) => use(toldBy(tools, subscription)));
}

function toldBy({ target, events }: Tools, subscription: FlowSubscription | undefined): Told {
  const { callbacks, events: offersEvents } = target.offers;
  const registered = ({ id }: Operation): number => subscription?.of(id).length ?? 0;
  const owed = (operation: Operation): Map<ToldBy, number> => {
    const counts = new Map<ToldBy, number>();
    if (callbacks) counts.set('callbacks', operation.callbacks.length);
    if (offersEvents !== undefined) counts.set('events', events.deliveriesOf(operation.id).length);
    return counts;
  };
  return {
    of: (operation) => {
      const counts = owed(operation);
      if (subscription !== undefined) counts.set('calls of a callback registration', registered(operation));
      return counts;
    },
    allOf: async (operations) => {
      await comes(target, () => operations.every((one) => [...owed(one).values()].every((n) => n > 0)));
      if (subscription === undefined) return;
      await comesAsUsual(target, 'callback registration', () =>
        operations.every((one) => registered(one) > 0),
      );
    },
  };
}
