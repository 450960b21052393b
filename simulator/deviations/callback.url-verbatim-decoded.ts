import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.url-verbatim-decoded',
  breaks: 'callback.url-verbatim',
  summary: 'decodes what is percent-encoded in the callback URL',
  behaviour: (contract) => ({
    outbound: (request, about) =>
      contract.outbound(request, about).map((one) =>
        one.purpose === 'callback'
          ? {
              ...one,
              url: one.url.replaceAll(/%2[0-9a-f]/gi, (code) =>
                code.toLowerCase() === '%20' ? code : decodeURIComponent(code),
              ),
            }
          : one,
      ),
  }),
});
