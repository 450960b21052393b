import { headers } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';
import { withHeader } from '../edit.ts';

export default defineDeviation({
  name: 'submit.synchronous-without-preference-failing',
  breaks: 'submit.synchronous-without-preference',
  summary: 'gives the error of a synchronous call an operation’s id',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      if (about.resource !== 'synchronous' || kept.status < 400) return kept;
      return withHeader(kept, headers.operationId, crypto.randomUUID());
    },
  }),
});
