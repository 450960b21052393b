import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'cancel.running-is-not-stopped-killed',
  breaks: 'cancel.running-is-not-stopped',
  summary: 'ends a running attempt as soon as it is canceled',
  behaviour: () => ({ cancelStops: () => true }),
});
