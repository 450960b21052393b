import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.post-put',
  breaks: 'callback.post',
  summary: 'calls back with PUT',
  behaviour: (contract) => ({
    outbound: (request, about) =>
      contract
        .outbound(request, about)
        .map((one) => (one.purpose === 'callback' ? { ...one, method: 'PUT' } : one)),
  }),
});
