import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'cancel.running-accepted-accepted',
  breaks: 'cancel.running-accepted',
  summary: 'answers 202 to the cancellation of an operation that runs',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      return about.resource === 'monitor-delete' && given.status === 200 && about.before?.executing === true
        ? { ...given, status: 202 }
        : given;
    },
  }),
});
