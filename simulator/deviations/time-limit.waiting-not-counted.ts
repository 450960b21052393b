import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  total: {
    summary: 'counts the two minutes from the creation of the operation',
    alsoBreaks: { 'time-limit.allows-below': 'the limit is another one' },
    behaviour: edit('attemptLimit', (limit, operation, situation) =>
      operation === undefined ? limit : Math.max(1, operation.createdOn + 120_000 - situation.now),
    ),
  },
  attempts: {
    summary: 'counts the time of earlier attempts and of the waits between them',
    alsoBreaks: {
      'retry.no-overlap': 'an attempt that was given up early still runs when the next begins',
      'time-limit.allows-below': 'the same mistake is seen there as well',
      'state.executing': 'the same mistake is seen there as well',
      'cancel.running-is-not-stopped': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: (contract) => ({
      attemptLimit: (o, situation) => {
        const limit = contract.attemptLimit(o, situation);
        return limit === undefined || o?.startTime === undefined
          ? limit
          : Math.max(1, limit - (situation.now - o.startTime));
      },
    }),
  },
});
