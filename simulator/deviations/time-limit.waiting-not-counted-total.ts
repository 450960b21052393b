import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'time-limit.waiting-not-counted-total',
  breaks: 'time-limit.waiting-not-counted',
  summary: 'counts the two minutes from the creation of the operation',
  alsoBreaks: {
    'time-limit.allows-below': 'the limit is another one',
  },
  behaviour: (contract) => ({
    attemptLimit: (operation, situation) =>
      operation === undefined
        ? contract.attemptLimit(operation, situation)
        : Math.max(1, operation.createdOn + 120_000 - situation.now),
  }),
});
