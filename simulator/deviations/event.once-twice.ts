import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'event.once-twice',
  breaks: 'event.once',
  summary: 'raises every event twice',
  behaviour: (contract) => ({
    outbound: (request, about) => {
      const requests = contract.outbound(request, about);
      return request.purpose === 'webhook' ? [...requests, ...requests] : requests;
    },
  }),
});
