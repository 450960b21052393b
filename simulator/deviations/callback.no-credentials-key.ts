import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.no-credentials-key',
  breaks: 'callback.no-credentials',
  summary: 'sends a function key along with the callback',
  behaviour: (contract) => ({
    outbound: (request, about) =>
      contract
        .outbound(request, about)
        .map((one) =>
          one.purpose === 'callback'
            ? { ...one, headers: [...one.headers, ['x-functions-key', 'platform-key'] as const] }
            : one,
        ),
  }),
});
