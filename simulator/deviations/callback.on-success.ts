import { edit, withhold } from '../decision-edits.ts';
import { oneAtATime } from '../delivery-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  never: {
    summary: 'calls back after failures only',
    alsoBreaks: {
      'event.independent-of-callback': 'whether the event comes depends on more than the completion',
      'callback.on-cancel': 'the callback that is owed after a cancellation does not come so',
      'callback.post': 'no callback comes where one is owed',
    },
    behaviour: withhold('callback', (operation) => operation.status === 30),
  },
  recovered: {
    summary: 'does not call back where an operation recovered',
    alsoBreaks: {
      'callback.on-cancel': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: withhold('callback', (o) => o.status === 30 && o.retryCount > 0),
  },
  fourth: {
    summary: 'does not call back where the fourth attempt succeeded',
    alsoBreaks: {
      'callback.on-cancel': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: withhold('callback', (o) => o.status === 30 && o.attempts === 4),
  },
  load: {
    summary: 'loses callbacks where more than five operations end in the same millisecond',
    alsoBreaks: {
      'callback.on-failure': 'the same mistake is seen there as well',

      'callback.on-cancel': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: edit('deliveries', (due, moment, o, situation) =>
      moment === 'completed' &&
      [...situation.all()].filter(({ endTime }) => endTime === situation.now).length > 5
        ? due.filter((each) => each !== 'callback')
        : due,
    ),
  },
  host: {
    summary: 'sends no callback any more to a host where one failed',
    alsoBreaks: {
      'callback.on-cancel': 'the same mistake is seen there as well',
      'callback.on-failure': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: (contract) => {
      const down = new Set<string>();
      const host = (url: string | undefined) => (url === undefined ? '' : new URL(url).host);
      return {
        redeliverAfter: (status, delivery, o, situation) => {
          if (status === undefined || status >= 500) down.add(host(o.callbackUrl));
          return contract.redeliverAfter(status, delivery, o, situation);
        },
        deliveries: (moment, o, situation) =>
          contract
            .deliveries(moment, o, situation)
            .filter((each) => each !== 'callback' || !down.has(host(o.callbackUrl))),
      };
    },
  },
  busy: {
    summary: 'drops a callback while another one to the same host is not answered yet',
    alsoBreaks: {
      'callback.on-cancel': 'the same mistake is seen there as well',
      'callback.on-failure': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: oneAtATime('callback'),
  },
  'same-url': {
    summary: 'calls a URL once, though several operations named it',
    narrow: true,
    behaviour: (contract) => {
      const called = new Map<string, string>();
      return {
        outbound: (request, about) => {
          if (request.purpose !== 'callback') return contract.outbound(request, about);
          const id = about.operation?.id ?? '';
          const first = called.get(request.url) ?? id;
          called.set(request.url, first);
          return first === id ? contract.outbound(request, about) : [];
        },
      };
    },
  },
});
