import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.stops-on-success-again',
  breaks: 'retry.stops-on-success',
  summary: 'executes an operation once more a minute after an attempt of it succeeded',
  alsoBreaks: { 'state.terminal-is-final': 'there is an attempt after the end' },
  behaviour: () => ({
    strayExecutions: (moment, operation) =>
      moment === 'completed' && operation.status === 30 ? [60_000] : [],
  }),
});
