import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.once-again',
  breaks: 'callback.once',
  summary: 'calls back again after five seconds although the receiver answered 200',
  alsoBreaks: {
    'event.once': 'the event is delivered again as well',
  },
  behaviour: (contract) => ({
    redeliverAfter: (status, delivery, operation, situation) =>
      delivery < 2 ? 5_000 : contract.redeliverAfter(status, delivery, operation, situation),
  }),
});
