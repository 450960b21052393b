import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'time-limit.fails-beyond-unlimited',
  breaks: 'time-limit.fails-beyond',
  summary: 'lets an attempt run as long as it likes',
  alsoBreaks: { 'time-limit.error-code': 'what never times out has no error' },
  behaviour: () => ({ attemptLimit: () => undefined }),
});
