import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  again: {
    summary: 'calls back again after five seconds although the receiver answered 200',
    alsoBreaks: { 'event.once': 'the event is delivered again as well' },
    behaviour: (contract) => ({
      redeliverAfter: (status, delivery, operation, situation) =>
        delivery < 2 ? 5_000 : contract.redeliverAfter(status, delivery, operation, situation),
    }),
  },
  twice: {
    summary: 'sends every callback twice',
    behaviour: edit('outbound', (requests, request) =>
      request.purpose === 'callback' ? [...requests, ...requests] : requests,
    ),
  },
});
