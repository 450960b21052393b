import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.url-verbatim-lower',
  breaks: 'callback.url-verbatim',
  summary: 'writes the callback URL in lower case',
  behaviour: (contract) => ({
    outbound: (request, about) =>
      contract
        .outbound(request, about)
        .map((one) =>
          one.purpose === 'callback'
            ? { ...one, url: one.url.replace(/\?.*$/, (query) => query.toLowerCase()) }
            : one,
        ),
  }),
});
