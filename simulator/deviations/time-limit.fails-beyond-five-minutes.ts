import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'time-limit.fails-beyond-five-minutes',
  breaks: 'time-limit.fails-beyond',
  summary: 'allows an attempt five minutes',
  behaviour: () => ({ attemptLimit: () => 300_000 }),
});
