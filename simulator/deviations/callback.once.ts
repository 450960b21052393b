import { edit, type BehaviourEdit } from '../decision-edits.ts';
import { sendAgainBeside } from '../delivery-edits.ts';
import { defineDeviations } from '../deviation.ts';

/** Delivers again after a delivery that was answered so, about operations that ask for a callback. */
const callingAgain =
  (
    when: (status: number | undefined, retryAfter: string | undefined) => boolean,
    { waitMs = 5_000, after = 1 } = {},
  ): BehaviourEdit =>
  (contract) => ({
    redeliverAfter: (status, delivery, operation, situation, retryAfter) =>
      when(status, retryAfter) && delivery === after && operation.callbackUrl !== undefined
        ? waitMs
        : contract.redeliverAfter(status, delivery, operation, situation, retryAfter),
  });

export default defineDeviations({
  again: {
    summary: 'calls back again after five seconds although the receiver answered 200',
    alsoBreaks: {
      'event.once': 'the event is delivered again as well',
      'event.unsubscribe': 'the second delivery comes when its step is deleted already',
      'flow.unsubscribe': 'the second call comes when its registration is deleted already',
    },
    behaviour: (contract) => ({
      redeliverAfter: (status, delivery, operation, situation) =>
        delivery < 2 ? 5_000 : contract.redeliverAfter(status, delivery, operation, situation),
    }),
  },
  twice: {
    summary: 'sends every callback twice',
    alsoBreaks: { 'sdk.cancel': 'the callback after Update comes twice, too' },
    behaviour: edit('outbound', (requests, request) =>
      request.purpose === 'callback' ? [...requests, ...requests] : requests,
    ),
  },
  'one-url': {
    summary: 'calls twice where another operation that named the same URL ended in the same millisecond',
    narrow: true,
    behaviour: (contract) => {
      const called = new Map<string, number>();
      return {
        deliveries: (moment, o, situation) => {
          const due = contract.deliveries(moment, o, situation);
          if (!due.includes('callback') || o.callbackUrl === undefined) return due;
          const again = called.get(o.callbackUrl) === situation.now;
          called.set(o.callbackUrl, situation.now);
          return again ? [...due, 'callback'] : due;
        },
      };
    },
  },
  load: {
    summary: 'sends a callback twice where another operation ends in the same millisecond',
    narrow: true,
    behaviour: edit('outbound', (requests, request, about) =>
      request.purpose === 'callback' &&
      [...about.all()].filter(({ endTime, id }) => endTime === about.now && id !== about.operation?.id)
        .length > 3
        ? [...requests, ...requests]
        : requests,
    ),
  },
  'no-content': {
    summary: 'calls back again where the receiver answered 204',
    alsoBreaks: {
      'flow.event-once': 'a callback registration is told again as well',
      'event.once': 'a webhook is called again as well',
    },
    narrow: true,
    behaviour: callingAgain((status) => status === 204),
  },
  'retry-after': {
    summary: 'calls back again where the receiver answered 200 with Retry-After',
    narrow: true,
    behaviour: callingAgain((status, retryAfter) => status === 200 && retryAfter !== undefined),
  },
  created: {
    summary: 'calls back again where the receiver answered 201',
    narrow: true,
    behaviour: callingAgain((status) => status === 201),
  },
  accepted: {
    summary: 'calls back again, ten minutes later, where the receiver answered 202',
    alsoBreaks: {
      'flow.event-once': 'a callback registration is told again as well',
      'event.once': 'a webhook is called again as well',
    },
    narrow: true,
    behaviour: callingAgain((status) => status === 202, { waitMs: 600_000 }),
  },
  'last-failure': {
    summary: 'calls back twice after the last failure: for the attempt and for the end',
    narrow: true,
    behaviour: edit('deliveries', (due, moment, o) =>
      moment === 'completed' && o.status === 31 && o.callbackUrl !== undefined ? [...due, 'callback'] : due,
    ),
  },
  canceled: {
    summary: 'calls back twice where a canceled operation succeeds',
    narrow: true,
    behaviour: edit('deliveries', (due, moment, o) =>
      moment === 'completed' && o.canceled && o.status === 30 && o.callbackUrl !== undefined
        ? [...due, 'callback']
        : due,
    ),
  },
  both: {
    summary: 'delivers again the callback whose event was refused',
    narrow: true,
    behaviour: sendAgainBeside('callback', 'webhook'),
  },
  refused: {
    summary: 'calls back once more when somebody tries to cancel what has ended',
    narrow: true,
    behaviour: (contract) => {
      const refused = new Set<string>();
      return {
        redeliverAfter: (status, delivery, o, situation) =>
          delivery < 2 && status !== undefined && status < 300
            ? 600_000
            : contract.redeliverAfter(status, delivery, o, situation),
        outbound: (request, about) => {
          const quiet = about.delivery > 1 && !refused.has(about.operation?.id ?? '');
          if (about.delivery > 1 && request.purpose !== 'callback') return [];
          return quiet ? [] : contract.outbound(request, about);
        },
        answer: (answer, request, about) => {
          const { resource, before } = about;
          if ((resource === 'monitor-delete' || resource === 'row-patch') && before?.state === 3)
            refused.add(before.id);
          return contract.answer(answer, request, about);
        },
      };
    },
  },
  'canceled-twice': {
    summary: 'calls back twice where an operation was canceled twice',
    narrow: true,
    behaviour: (contract) => {
      const twice = new Set<string>();
      return {
        answer: (answer, request, about) => {
          if (
            (about.resource === 'monitor-delete' || about.resource === 'row-patch') &&
            about.before?.status === 22
          )
            twice.add(about.before.id);
          return contract.answer(answer, request, about);
        },
        deliveries: (moment, o, situation) => {
          const due = contract.deliveries(moment, o, situation);
          return due.includes('callback') && twice.has(o.id) ? [...due, 'callback'] : due;
        },
      };
    },
  },
  recovered: {
    summary: 'calls back once more after a delivery that the receiver took at the second time',
    narrow: true,
    alsoBreaks: { 'event.once': 'the webhook that answered at the second time is called again as well' },
    behaviour: callingAgain((status) => status === 200, { after: 2 }),
  },
});
