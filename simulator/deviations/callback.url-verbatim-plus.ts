import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.url-verbatim-plus',
  breaks: 'callback.url-verbatim',
  summary: 'writes + as %20 in the callback URL',
  behaviour: (contract) => ({
    outbound: (request, about) =>
      contract
        .outbound(request, about)
        .map((one) => (one.purpose === 'callback' ? { ...one, url: one.url.replaceAll('+', '%20') } : one)),
  }),
});
