import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'time-limit.allows-below-hundred-seconds',
  breaks: 'time-limit.allows-below',
  summary: 'ends an attempt after 100 s',
  behaviour: () => ({ attemptLimit: () => 100_000 }),
});
