import { messages } from '../contract/vocabulary.ts';
import type { Answer } from '../harness/answer.ts';
import type { Client } from '../harness/client.ts';
import { stepBody, type Events } from '../harness/events.ts';
import { Channel } from '../harness/listener.ts';
import { createdId, deleteRegisteredRow } from '../harness/rows.ts';
import { Blocked, clause, expect, Hold, isGuid, succeed, test, Undecided } from '../harness/test.ts';
import { atAnyEnd } from './support/any-end.ts';
import { withSubscription, withWebhook, type Subscription } from './support/subscription.ts';
import { jobsOf, jobRowsIn } from './support/system-jobs.ts';
import { collectionPath } from './support/table-rows.ts';
import { comes, passes } from './support/waiting.ts';

const steps = 'sdkmessageprocessingsteps';

for (const [branch, stage, columns] of [
  ['after the operation', 40, {}],
  ['before the operation', 20, {}],
  ['after the operation, disabled', 40, { statecode: 1, statuscode: 2 }],
] as const) {
  test(
    `a synchronous step on the message MUST be refused, in the stage ${branch}`,
    clause('event.async-only', { branch }),
    async ({ client, target, events }) => {
      await withWebhook(
        { client, target, events },
        new Channel('event', () => ({ status: 200 })),
        async (webhook) => {
          // The same step must be welcome when it is asynchronous, or the refusal says nothing.
          const welcome = await stepBody(client, webhook, events.runId, 1);
          events.registrations.discard(await events.registrations.create(client, steps, welcome));
          const synchronous = {
            ...(await stepBody(client, webhook, events.runId, 0)),
            stage,
            asyncautodelete: false,
            ...columns,
          };
          const answer = await client.api('POST', steps, { body: synchronous });
          discardCreated(events, answer);
          expect(answer, 'status', 'the status of POST of a synchronous step').toSatisfy(
            !answer.ok,
            'a refusal: not 2xx',
          );
        },
      );
    },
  );
}

test(
  'an asynchronous step on the message MUST NOT become synchronous by a change',
  clause('event.async-only', { branch: 'changed afterwards' }),
  async ({ client, target, events }) => {
    const channel = new Channel('event', () => ({ status: 200 }));
    await withWebhook({ client, target, events }, channel, async (webhook) => {
      const welcome = await stepBody(client, webhook, events.runId, 1);
      const step = await events.registrations.create(client, steps, welcome);
      events.registrations.discard(step);
      const resource = `${step.set}(${step.id})`;
      const answer = await client.api('PATCH', resource, { headers: [['If-Match', '*']], body: { mode: 0 } });
      if (!answer.ok) return;
      // What leaves it as it was is no synchronous step either.
      const row = await client.api('GET', `${resource}?$select=mode`);
      expect(row.object() ?? {}, 'mode', 'mode of the step after PATCH with mode 0').toSatisfy(
        row.object()?.['mode'] !== 0,
        'refused, or 1 still',
      );
    });
  },
);

test(
  'a step on the message that leaves out its mode MUST NOT become synchronous, which is the default',
  clause('event.async-only', { branch: 'without mode' }),
  async ({ client, target, events }) => {
    const channel = new Channel('event', () => ({ status: 200 }));
    await withWebhook({ client, target, events }, channel, async (webhook) => {
      const without = { ...(await stepBody(client, webhook, events.runId, 1)), mode: undefined };
      const answer = await client.api('POST', steps, { body: without });
      discardCreated(events, answer);
      const id = createdId(answer);
      if (!answer.ok || id === undefined) return;
      const row = await client.api('GET', `${steps}(${id})?$select=mode`);
      if (row.ok)
        expect(row.object() ?? {}, 'mode', 'mode of the step that was created without one').toSatisfy(
          row.object()?.['mode'] !== 0,
          'no step at all, or none that is synchronous',
        );
    });
  },
);

test(
  'a step that was disabled and is enabled again MUST be called',
  clause('event.each-completion', { branch: 'enabled again', needs: ['probe', 'event-step'] }),
  async ({ submit, clock, client, target, events }) => {
    await events.subscribe();
    await withSubscription({ client, target, events }, {}, async ({ step, of }) => {
      const resource = `${step.set}(${step.id})`;
      for (const [statecode, statuscode] of [
        [1, 2],
        [0, 1],
      ] as const) {
        const body = { statecode, statuscode };
        await client.api('PATCH', resource, { headers: [['If-Match', '*']], body });
        const shown = (await client.api('GET', `${resource}?$select=statecode`)).object()?.['statecode'];
        // Nobody says that a step can be disabled here.
        if (shown !== statecode) return;
      }
      const operation = await atAnyEnd({ submit, clock });
      if (!isGuid(operation.id)) throw new Blocked('submit.id-is-guid', operation.accepted.describe());
      if (!(await comes(target, () => events.of(operation.id).length > 0)))
        throw new Blocked('event.each-completion', 'the event did not reach the other webhook either');
      const came = await comes(target, () => of(operation.id).length > 0);
      expect(of(operation.id), 'length', 'the calls for a step that is enabled again').toSatisfy(came, 'one');
    });
  },
);

/** Has a step removed that should not have been created. */
function discardCreated({ registrations }: Events, answer: Answer): void {
  const id = createdId(answer);
  if (id !== undefined) registrations.discard(registrations.keep({ set: steps, id }));
}

test(
  'no asyncoperation row SHOULD remain of a step with Auto Delete',
  clause('event.auto-delete'),
  async ({ submit, clock, client, target, events }) => {
    await withSubscription({ client, target, events }, { asyncautodelete: true }, async ({ step, of }) => {
      const operation = await atAnyEnd({ submit, clock });
      if (!(await comes(target, () => of(operation.id).length > 0)))
        throw new Blocked('event.each-completion', 'the event did not reach the webhook');
      await passes(target);
      await comes(target, async () => (await jobsOf(client, step.id)).length === 0);
      const remaining = await jobsOf(client, step.id);
      expect(remaining.length, 'the asyncoperation rows of the step').toBe(0);
    });
  },
);

test(
  `customapis SHOULD list ${messages.complete} as a custom API with asynchronous steps only`,
  clause('event.is-custom-api'),
  async ({ client }) => {
    const options = {
      $select: 'uniquename,allowedcustomprocessingsteptype',
      $filter: `uniquename eq '${messages.complete}'`,
    };
    const answer = await client.api('GET', collectionPath(options, 'customapis'));
    expect(answer, 'status', 'the status of GET of customapis').toBe(200);
    const rows = jobRowsIn(answer) ?? [];
    expect(rows.length, `the custom APIs named ${messages.complete}`, answer).toBe(1);
    expect(rows[0]?.['uniquename'], 'uniquename', answer).toBe(messages.complete);
    expect(rows[0]?.['allowedcustomprocessingsteptype'], 'allowedcustomprocessingsteptype', answer).toBe(1);
  },
);

for (const [branch, which] of [
  [undefined, 'the step'],
  ['while a newer one stays', 'the older one of two steps'],
] as const)
  test(
    `nothing more MUST come after ${which} is deleted`,
    clause('event.unsubscribe', branch === undefined ? {} : { branch }),
    async ({ submit, clock, client, target, events }) => {
      const tools = { client, target, events };
      const subscribed = (use: (one: Subscription) => Promise<void>): Promise<void> =>
        withSubscription(tools, {}, use);
      const look = async (staying: Subscription, { step, of }: Subscription): Promise<void> => {
        const before = await atAnyEnd({ submit, clock });
        const both = [of, staying.of];
        if (!(await comes(target, () => both.every((ofOne) => ofOne(before.id).length > 0))))
          throw new Blocked('event.each-completion', 'the event did not reach the webhook while subscribed');
        await remove(client, step.id);
        const told = of(before.id).length;
        const after = await atAnyEnd({ submit, clock });
        await passes(target);
        if (staying.of(after.id).length === 0) {
          const why = 'the webhook of one step was not called any more after another step was deleted';
          after.accepted.note('event.each-completion', why);
        }
        expect(of(after.id), 'length', 'the calls of the webhook after its step was deleted').toBe(0);
        expect(of(before.id).length, 'the calls for what had ended before its step was deleted').toBe(told);
      };
      await subscribed((older) =>
        subscribed((newer) => (branch === undefined ? look(older, newer) : look(newer, older))),
      );
    },
  );

test(
  'nothing MUST come for an operation that ends after the step is deleted',
  clause('event.unsubscribe', { branch: 'deleted while an operation executes' }),
  async ({ submit, clock, client, target, events }) => {
    await withSubscription({ client, target, events }, {}, async ({ step, of }) => {
      const hold = new Hold(1_000);
      const operation = await submit({ attempts: [hold] });
      try {
        await operation.started();
        // What happens in one millisecond has no order.
        if (clock.virtual) await clock.advance(3_000);
        await remove(client, step.id);
      } finally {
        hold.release(succeed());
      }
      await operation.finished();
      await passes(target);
      expect(of(operation.id), 'length', 'the calls of the webhook after its step was deleted').toBe(0);
    });
  },
);

test(
  'a webhook that failed MUST not be called again after its step is deleted',
  clause('event.unsubscribe', {
    branch: 'deleted after a failed call',
    needs: ['probe', 'clock', 'event-step'],
  }),
  async ({ submit, client, target, events }) => {
    const look = async ({ step, of }: Subscription): Promise<void> => {
      const operation = await submit();
      await operation.finished();
      if (!(await comes(target, () => of(operation.id).length > 0)))
        throw new Blocked('event.each-completion', 'the event did not reach the webhook while subscribed');
      await remove(client, step.id);
      // What was on its way comes by then.
      for (let read = 0; read < 3; read += 1) await operation.monitor();
      const told = of(operation.id).length;
      await passes(target);
      expect(of(operation.id).length, 'the calls of the webhook after its step was deleted').toBe(told);
    };
    await withSubscription({ client, target, events }, {}, look, () => ({ status: 503 }));
  },
);

test(
  'a webhook MUST be called for an operation that was being executed when its step was registered',
  clause('event.each-completion', {
    branch: 'registered while an operation executes',
    needs: ['probe', 'clock', 'event'],
  }),
  async ({ submit, clock, client, target, events }) => {
    const hold = new Hold(20_000);
    const operation = await submit({ attempts: [hold] });
    if (!isGuid(operation.id)) throw new Blocked('submit.id-is-guid', operation.accepted.describe());
    try {
      await operation.started();
      // Times of creation may be kept in whole seconds.
      await clock.advance(5_000);
      await withSubscription({ client, target, events }, {}, async ({ of }) => {
        // How soon a new step is heeded is left open.
        await clock.advance(60_000);
        hold.release(succeed());
        await operation.finished();
        const came = await comes(target, () => of(operation.id).length > 0);
        expect(of(operation.id), 'length', 'the calls of the webhook of a new step').toSatisfy(came, 'one');
      });
    } finally {
      hold.release(succeed());
    }
  },
);

/** Deletes a step; the check is undecided where the target refuses. */
async function remove(client: Client, id: string): Promise<void> {
  const answer = await deleteRegisteredRow(client, { set: steps, id });
  if (!answer.ok) throw new Undecided(`the step could not be deleted: ${answer.describe()}`);
}
