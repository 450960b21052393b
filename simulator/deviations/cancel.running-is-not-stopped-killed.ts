import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'cancel.running-is-not-stopped-killed',
  breaks: 'cancel.running-is-not-stopped',
  summary: 'ends a running attempt as soon as it is canceled',
  alsoBreaks: {
    'table.order-top-count': 'rows stand where the contract’s values would not put them',
    'table.filter': 'a row is found by a value that the contract does not give it',
    'callback.after-completion': 'a callback comes before the end',
  },
  behaviour: () => ({ cancelStops: () => true }),
});
