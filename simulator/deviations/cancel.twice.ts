import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  error: {
    summary: 'answers 500 to a second cancellation',
    behaviour: edit('answer', (answer, _request, about) => {
      const again = about.before?.canceled === true && about.before.state !== 3;
      return again && (about.resource === 'monitor-delete' || about.resource === 'row-patch')
        ? { ...answer, status: 500 }
        : answer;
    }),
  },
  undone: {
    summary: 'takes a cancellation back when it is asked for twice',
    narrow: true,
    behaviour: (contract) => {
      const twice = new Set<string>();
      return {
        answer: (answer, request, about) => {
          if (
            (about.resource === 'monitor-delete' || about.resource === 'row-patch') &&
            about.before?.canceled === true &&
            about.before.state !== 3
          )
            twice.add(about.before.id);
          return contract.answer(answer, request, about);
        },
        begins: (o, situation) => contract.begins(o, situation) || twice.has(o.id),
      };
    },
  },
});
