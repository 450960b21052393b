import type { Outbound } from '../behaviour/delivery.ts';
import { editSent, type BehaviourEdit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

/** Leaves the name of the message off the calls of webhooks that `when` picks. */
const withoutNameWhere = (when: (about: Outbound) => boolean): BehaviourEdit =>
  editSent('webhook', (sent, about) =>
    when(about)
      ? { ...sent, headers: sent.headers.filter(([name]) => name !== 'x-ms-dynamics-request-name') }
      : sent,
  );

export default defineDeviations({
  message: {
    summary: 'names the custom API as the request',
    behaviour: editSent('webhook', (sent, about) => ({
      ...sent,
      headers: sent.headers.map(([name, value]) => [
        name,
        name === 'x-ms-dynamics-request-name' ? (about.operation?.name ?? value) : value,
      ]),
    })),
  },
  nickname: {
    summary: 'calls the environment by its unique name',
    behaviour: editSent('webhook', (sent) => ({
      ...sent,
      headers: sent.headers.map(([name, value]) => [
        name,
        name === 'x-ms-dynamics-organization' ? 'contoso' : value,
      ]),
    })),
  },
  own: {
    summary: 'gives a webhook with headers of its own nothing but these',
    narrow: true,
    behaviour: editSent('webhook', (sent) =>
      sent.headers.some(([name]) => name === 'x-functions-key')
        ? { ...sent, headers: sent.headers.filter(([name]) => !name.startsWith('x-ms-')) }
        : sent,
    ),
  },
  retried: {
    summary: 'does not name the message after a retry',
    narrow: true,
    behaviour: withoutNameWhere(({ operation }) => operation !== undefined && operation.attempts > 1),
  },
  redelivered: {
    summary: 'does not name the message when it calls a webhook again',
    narrow: true,
    behaviour: withoutNameWhere(({ delivery }) => delivery > 1),
  },
});
