import type { OutboundRequest } from '../behaviour/delivery.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  ignored: {
    summary: 'goes on calling the URL of a callback registration that was deleted',
    behaviour: (contract) => ({
      request: (request, situation) => {
        const read = contract.request(request, situation);
        const row = /\/callbackregistrations\([0-9a-f-]{36}\)$/i.test(read.path);
        return read.method === 'DELETE' && row
          ? { ...read, method: 'GET', headers: { ...read.headers, 'x-kept': '1' } }
          : read;
      },
      answer: (answer, request, about) => {
        const given = contract.answer(answer, request, about);
        return request.headers['x-kept'] === '1' ? { ...given, status: 204, body: undefined } : given;
      },
    }),
  },
  last: {
    summary: 'calls a registration that was deleted once more',
    narrow: true,
    behaviour: (contract) => {
      let kept: OutboundRequest | undefined;
      let deleted = false;
      return {
        outbound: (request, about) => {
          if (request.purpose === 'registration') {
            kept = request;
            deleted = false;
          }
          const again = request.purpose === 'probe' && deleted ? kept : undefined;
          if (again !== undefined) deleted = false;
          return [...contract.outbound(request, about), ...(again === undefined ? [] : [again])];
        },
        answer: (answer, request, about) => {
          if (request.method === 'DELETE' && /\/callbackregistrations\(/i.test(request.path)) deleted = true;
          return contract.answer(answer, request, about);
        },
      };
    },
  },
});
