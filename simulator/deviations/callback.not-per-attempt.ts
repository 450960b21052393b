import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  each: {
    summary: 'calls back after every attempt',
    alsoBreaks: {
      'sdk.callback-uri': 'the same callback, asked for through the organization service',
      'state.legal-history': 'no run of the lifecycle explains what is seen then',
      'callback.codes': 'no codes can be read from such a payload',
      'callback.once': 'there is more than one callback',
      'callback.after-completion': 'a callback comes before the end',
    },
    behaviour: edit('deliveries', (due, moment, operation) =>
      moment === 'attempt-failed' && operation.state !== 3 && operation.callbackUrl !== undefined
        ? ['callback']
        : due,
    ),
  },
  second: {
    summary: 'calls back after the second attempt, too',
    alsoBreaks: {
      'callback.once': 'the same mistake is seen there as well',
      'callback.codes': 'the same mistake is seen there as well',

      'callback.after-completion': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: edit('deliveries', (due, moment, o) =>
      moment === 'attempt-failed' && o.attempts === 2 && o.state !== 3 && o.callbackUrl !== undefined
        ? [...due, 'callback']
        : due,
    ),
  },
  third: {
    summary: 'calls back after the third attempt, too',
    alsoBreaks: {
      'callback.once': 'the same mistake is seen there as well',

      'callback.after-completion': 'the same mistake is seen there as well',
      'callback.codes': 'the same mistake is seen there as well',
    },
    narrow: true,
    behaviour: edit('deliveries', (due, moment, o) =>
      moment === 'attempt-failed' && o.attempts === 3 && o.state !== 3 && o.callbackUrl !== undefined
        ? [...due, 'callback']
        : due,
    ),
  },
});
