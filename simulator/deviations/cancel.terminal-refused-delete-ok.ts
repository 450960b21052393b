import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'cancel.terminal-refused-delete-ok',
  breaks: 'cancel.terminal-refused-delete',
  summary: 'answers 200 to DELETE of a finished operation, and does nothing',
  alsoBreaks: {
    'state.legal-history': 'no run of the lifecycle explains what is seen then',
  },
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      return about.resource === 'monitor-delete' && about.before?.state === 3
        ? { ...given, status: 200 }
        : given;
    },
  }),
});
