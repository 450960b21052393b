import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  accepted: {
    summary: 'delivers an event again that was answered with another 2xx than 200',
    alsoBreaks: { 'callback.once': 'the callback is delivered again as well' },
    behaviour: (contract) => ({
      redeliverAfter: (status, delivery, operation, situation) =>
        delivery < 2 && (status === 202 || status === 204)
          ? 5_000
          : contract.redeliverAfter(status, delivery, operation, situation),
    }),
  },
  twice: {
    summary: 'raises every event twice',
    behaviour: edit('outbound', (requests, request) =>
      request.purpose === 'webhook' ? [...requests, ...requests] : requests,
    ),
  },
});
