import { withhold } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  either: {
    summary: 'raises no event where a callback was asked for',
    behaviour: withhold('webhook', (operation) => operation.callbackUrl !== undefined),
  },
  only: {
    summary: 'raises the event only where a callback was asked for',
    alsoBreaks: {
      'event.on-cancel': 'the event that is owed after a cancellation does not come',
      'event.each-completion': 'the event does not come after every completion',
    },
    behaviour: withhold('webhook', (operation) => operation.callbackUrl === undefined),
  },
  failed: {
    summary: 'raises no event where an operation failed that had asked for a callback',
    alsoBreaks: {
      'event.on-cancel': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: withhold('webhook', (o) => o.status === 31 && o.callbackUrl !== undefined),
  },
  refused: {
    summary: 'raises no event once a callback has failed, where one was asked for',
    alsoBreaks: {
      'event.on-cancel': 'the same mistake is seen there as well',
      'event.each-completion': 'the event does not come after every completion',
    },
    narrow: true,
    behaviour: (contract) => {
      let failed = false;
      return {
        redeliverAfter: (status, delivery, o, situation) => {
          failed ||= status === undefined || status >= 400;
          return contract.redeliverAfter(status, delivery, o, situation);
        },
        deliveries: (moment, o, situation) => {
          const due = contract.deliveries(moment, o, situation);
          return failed && o.callbackUrl !== undefined ? due.filter((each) => each !== 'webhook') : due;
        },
      };
    },
  },
});
