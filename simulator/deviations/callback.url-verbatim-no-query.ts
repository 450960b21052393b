import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.url-verbatim-no-query',
  breaks: 'callback.url-verbatim',
  summary: 'drops the query of the callback URL',
  behaviour: (contract) => ({
    outbound: (request, about) =>
      contract
        .outbound(request, about)
        .map((one) => (one.purpose === 'callback' ? { ...one, url: one.url.replace(/\?.*$/, '') } : one)),
  }),
});
