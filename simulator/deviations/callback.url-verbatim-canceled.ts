import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.url-verbatim-canceled',
  breaks: 'callback.url-verbatim',
  summary: 'drops the query of the callback URL after a cancellation',
  behaviour: (contract) => ({
    outbound: (request, about) =>
      contract
        .outbound(request, about)
        .map((one) =>
          one.purpose === 'callback' && about.operation?.status === 32
            ? { ...one, url: one.url.replace(/\?.*$/, '') }
            : one,
        ),
  }),
});
