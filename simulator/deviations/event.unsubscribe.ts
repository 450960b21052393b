import { callAfterDeletion } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  ignored: {
    summary: 'goes on calling a step that was deleted',
    behaviour: (contract) => ({
      request: (request, situation) => {
        const read = contract.request(request, situation);
        const step = /\/sdkmessageprocessingsteps\([0-9a-f-]{36}\)$/i.test(read.path);
        return read.method === 'DELETE' && step
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
    summary: 'calls a step that was deleted once more',
    narrow: true,
    behaviour: callAfterDeletion('webhook', /\/sdkmessageprocessingsteps\(/i),
  },
});
