import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'cancel.terminal-refused-delete-failed',
  breaks: 'cancel.terminal-refused-delete',
  summary: 'answers 200 to DELETE of an operation that failed, as if only success were an end',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      return about.resource === 'monitor-delete' && about.before?.state === 3 && about.before.status === 31
        ? { ...given, status: 200 }
        : given;
    },
  }),
});
