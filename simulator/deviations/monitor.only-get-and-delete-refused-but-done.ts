import { paths } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';
import type { PlainAnswer, PlainRequest } from '../plain.ts';

const refusal: PlainAnswer = { status: 405, headers: [['Allow', 'GET,DELETE']], body: undefined };

export default defineDeviation({
  name: 'monitor.only-get-and-delete-refused-but-done',
  breaks: 'monitor.only-get-and-delete',
  summary: 'refuses a PATCH of the monitor after it has canceled',
  behaviour: (contract) => {
    const patched = new WeakSet<PlainRequest>();
    return {
      request: (request, situation) => {
        const read = contract.request(request, situation);
        if (read.method !== 'PATCH' || !read.path.startsWith(paths.monitor)) return read;
        const canceling = { ...read, method: 'DELETE' };
        patched.add(canceling);
        return canceling;
      },
      answer: (answer, request, about) => {
        const kept = contract.answer(answer, request, about);
        return patched.has(request) ? refusal : kept;
      },
    };
  },
});
