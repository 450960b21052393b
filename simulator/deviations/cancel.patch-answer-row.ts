import { defineDeviation } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviation({
  name: 'cancel.patch-answer-row',
  breaks: 'cancel.patch-answer',
  summary: 'answers a cancellation by PATCH with 200 and a body',
  alsoBreaks: {
    'cancel.running-accepted': 'the same answer is owed while an attempt runs',
  },
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      return about.resource === 'row-patch' && given.status === 204
        ? withJson(given, 200, { backgroundoperationstatuscode: 22 })
        : given;
    },
  }),
});
