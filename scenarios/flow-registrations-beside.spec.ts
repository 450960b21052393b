import { clause, expect, NotTestable, test } from '../harness/test.ts';
import { requireOneCallback } from './support/callbacks.ts';
import {
  toldOf,
  withRegistration,
  withRegistrationIfOffered,
  type FlowSubscription,
} from './support/registration.ts';
import { passes } from './support/waiting.ts';

/** What the url of the other one answers, call after call: nothing else may come of it. */
const failures = {
  'once and is called again': [503, 200],
  'each time': [500],
} as const;

for (const [how, statuses] of Object.entries(failures)) {
  test(
    `a callback registration SHOULD be told of a completion once, though the url of another one fails ${how}`,
    clause('flow.event-once', {
      branch: `beside one that fails ${how}`,
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
        statuses,
      );
    },
  );
}
