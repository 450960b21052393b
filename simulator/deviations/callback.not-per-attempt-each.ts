import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.not-per-attempt-each',
  breaks: 'callback.not-per-attempt',
  summary: 'calls back after every attempt',
  alsoBreaks: {
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
    'callback.codes': 'no codes can be read from such a payload',
    'callback.once': 'there is more than one callback',
    'callback.after-completion': 'a callback comes before the end',
  },
  behaviour: (contract) => ({
    deliveries: (moment, operation, situation) => {
      const due = contract.deliveries(moment, operation, situation);
      return moment === 'attempt-failed' && operation.state !== 3 && operation.callbackUrl !== undefined
        ? ['callback']
        : due;
    },
  }),
});
