import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.url-verbatim-sorted',
  breaks: 'callback.url-verbatim',
  summary: 'sorts the query of the callback URL',
  behaviour: (contract) => ({
    outbound: (request, about) =>
      contract.outbound(request, about).map((one) =>
        one.purpose === 'callback'
          ? {
              ...one,
              url: one.url.replace(
                /\?(.*)$/,
                (_whole, query: string) => `?${query.split('&').sort().join('&')}`,
              ),
            }
          : one,
      ),
  }),
});
