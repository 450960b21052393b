import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'cancel.terminal-refused-patch-ok',
  breaks: 'cancel.terminal-refused-patch',
  summary: 'answers 204 to PATCH of a finished operation, and does nothing',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      return about.resource === 'row-patch' && about.before?.state === 3
        ? { ...given, status: 204, body: undefined }
        : given;
    },
  }),
});
