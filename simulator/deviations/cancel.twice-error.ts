import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'cancel.twice-error',
  breaks: 'cancel.twice',
  summary: 'answers 500 to a second cancellation',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      const again = about.before?.canceled === true && about.before.state !== 3;
      return again && (about.resource === 'monitor-delete' || about.resource === 'row-patch')
        ? { ...given, status: 500 }
        : given;
    },
  }),
});
