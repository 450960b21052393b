import { callAfterDeletion } from '../decision-edits.ts';
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
    behaviour: callAfterDeletion('registration', /\/callbackregistrations\(/i),
  },
});
