import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviation({
  name: 'submit.accepted-ok',
  breaks: 'submit.accepted',
  summary: 'answers an accepted operation with 200 and its codes, as an early draft had it',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      if (kept.status !== 202 || about.operation === undefined) return kept;
      const { state, status } = about.operation;
      return withJson(kept, 200, { [members.state]: state, [members.status]: status });
    },
  }),
});
