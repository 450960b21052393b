import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'event.once-accepted',
  breaks: 'event.once',
  summary: 'delivers an event again that was answered with another 2xx than 200',
  alsoBreaks: {
    'callback.once': 'the callback is delivered again as well',
  },
  behaviour: (contract) => ({
    redeliverAfter: (status, delivery, operation, situation) =>
      delivery < 2 && (status === 202 || status === 204)
        ? 5_000
        : contract.redeliverAfter(status, delivery, operation, situation),
  }),
});
