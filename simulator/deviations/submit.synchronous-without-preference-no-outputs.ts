import { defineDeviation } from '../deviation.ts';
import { withoutHeader } from '../edit.ts';

export default defineDeviation({
  name: 'submit.synchronous-without-preference-no-outputs',
  breaks: 'submit.synchronous-without-preference',
  summary: 'answers a synchronous call with 204 and without the outputs',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      return about.resource === 'synchronous' && kept.status === 200
        ? { ...withoutHeader(kept, 'Content-Type'), status: 204, body: undefined }
        : kept;
    },
  }),
});
