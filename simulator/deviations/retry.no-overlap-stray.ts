import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.no-overlap-stray',
  breaks: 'retry.no-overlap',
  summary: 'starts a second execution half a second into each attempt',
  behaviour: () => ({ strayExecutions: (moment) => (moment === 'started' ? [500] : []) }),
});
