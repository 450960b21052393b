import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'callback.no-credentials-bearer',
  breaks: 'callback.no-credentials',
  summary: 'sends a bearer token along with the callback',
  behaviour: (contract) => ({
    outbound: (request, about) =>
      contract
        .outbound(request, about)
        .map((one) =>
          one.purpose === 'callback'
            ? { ...one, headers: [...one.headers, ['Authorization', 'Bearer platform-token'] as const] }
            : one,
        ),
  }),
});
