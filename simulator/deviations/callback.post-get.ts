import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.post-get',
  breaks: 'callback.post',
  summary: 'calls back with GET, as OData has it',
  behaviour: (contract) => ({
    outbound: (request, about) =>
      contract
        .outbound(request, about)
        .map((one) => (one.purpose === 'callback' ? { ...one, method: 'GET' } : one)),
  }),
});
