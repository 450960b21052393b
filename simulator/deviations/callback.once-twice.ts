import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.once-twice',
  breaks: 'callback.once',
  summary: 'sends every callback twice',
  behaviour: (contract) => ({
    outbound: (request, about) => {
      const requests = contract.outbound(request, about);
      return request.purpose === 'callback' ? [...requests, ...requests] : requests;
    },
  }),
});
