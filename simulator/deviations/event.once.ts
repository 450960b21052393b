import { edit } from '../decision-edits.ts';
import { sendAgainBeside } from '../delivery-edits.ts';
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
  failed: {
    summary: 'raises the event of a failure twice',
    narrow: true,
    behaviour: edit('outbound', (requests, request, about) =>
      request.purpose === 'webhook' && about.operation?.status === 31 ? [...requests, ...requests] : requests,
    ),
  },
  attempts: {
    summary: 'raises the event after the third attempt, too',
    alsoBreaks: { 'event.outputs': 'the events of attempts have the codes of an operation that goes on' },
    narrow: true,
    behaviour: edit('deliveries', (due, moment, o) =>
      moment === 'attempt-failed' && o.attempts === 3 && o.state !== 3 ? [...due, 'webhook'] : due,
    ),
  },
  moment: {
    summary: 'gives the id of another operation that ended in the same millisecond',
    alsoBreaks: {
      'event.outputs': 'the same mistake is seen there as well',
      'event.on-cancel': 'the same mistake is seen there as well',
      'event.each-completion': 'the same mistake is seen there as well',
      'event.independent-of-callback': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: (contract) => ({
      eventContext: (context, o, situation) => {
        const given = contract.eventContext(context, o, situation);
        const twin = [...situation.all()].find((each) => each.endTime === o.endTime) ?? o;
        return JSON.parse(JSON.stringify(given).replaceAll(o.id, twin.id)) as Record<string, unknown>;
      },
    }),
  },
  'callback-failed': {
    summary: 'raises the event again when it delivers a callback again',
    narrow: true,
    behaviour: sendAgainBeside('webhook', 'callback'),
  },
});
