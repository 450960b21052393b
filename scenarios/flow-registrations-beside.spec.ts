import { clause, expect, NotTestable, test } from '../harness/test.ts';
import { requireOneCallback } from './support/callbacks.ts';
import {
  toldOf,
  withRegistration,
  withRegistrationIfOffered,
  type FlowSubscription,
} from './support/registration.ts';
import { passes } from './support/waiting.ts';

test(
  'a callback registration SHOULD be told of a completion once, though the url of another one fails',
  clause('flow.event-once', {
    branch: 'beside one that fails',
    needs: ['probe', 'clock', 'callback-registration'],
  }),
  async ({ submit, client, target, events }) => {
    const tools = { client, target, events };
    const look = async (subscription: FlowSubscription, other: FlowSubscription): Promise<void> => {
      const operation = await submit();
      await operation.finished();
      await toldOf(operation, other, target);
      await toldOf(operation, subscription, target);
      await passes(target);
      const { length } = subscription.of(operation.id);
      if (length > 1 && target.offers.callbacks) await requireOneCallback({ submit, target });
      expect(length, 'the calls of the url that works').toBe(1);
    };
    await withRegistration(
      tools,
      (other) =>
        withRegistrationIfOffered(tools, (subscription) => {
          if (subscription === undefined) throw new NotTestable('a second registration is refused');
          return look(subscription, other);
        }),
      [503, 200],
    );
  },
);
