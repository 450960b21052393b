import { headers } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';
import { withHeader } from '../edit.ts';

export default defineDeviation({
  name: 'submit.synchronous-without-preference-id-header',
  breaks: 'submit.synchronous-without-preference',
  summary: 'gives a synchronous answer an operation’s id as well',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      if (about.resource !== 'synchronous') return kept;
      return withHeader(kept, headers.operationId, crypto.randomUUID());
    },
  }),
});
