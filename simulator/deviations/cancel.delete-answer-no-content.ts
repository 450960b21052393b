import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'cancel.delete-answer-no-content',
  breaks: 'cancel.delete-answer',
  summary: 'answers 204 without a body to a cancellation by DELETE',
  alsoBreaks: {
    'cancel.running-accepted': 'the same answer is owed while an attempt runs',
  },
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      return about.resource === 'monitor-delete' && given.status === 200
        ? { ...given, status: 204, body: undefined }
        : given;
    },
  }),
});
