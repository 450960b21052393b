import { defineDeviation } from '../deviation.ts';
import { withoutHeader } from '../edit.ts';

export default defineDeviation({
  name: 'cancel.patch-answer-version',
  breaks: 'cancel.patch-answer',
  summary: 'leaves OData-Version off the answer to PATCH',
  alsoBreaks: {
    'cancel.running-accepted': 'the same answer is owed while an attempt runs',
  },
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      return about.resource === 'row-patch' ? withoutHeader(given, 'OData-Version') : given;
    },
  }),
});
