import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'cancel.terminal-refused-patch-canceled',
  breaks: 'cancel.terminal-refused-patch',
  summary: 'answers 204 to PATCH of an operation that was canceled already',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      return about.resource === 'row-patch' && about.before?.state === 3 && about.before.status === 32
        ? { ...given, status: 204, body: undefined }
        : given;
    },
  }),
});
