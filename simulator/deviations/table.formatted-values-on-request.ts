import { defineDeviations } from '../deviation.ts';
import { withoutHeader } from '../edit.ts';

export default defineDeviations({
  always: {
    summary: 'adds labels unasked',
    alsoBreaks: { 'submit.preference-applied': 'the answer tells of a callback that nobody asked for' },
    behaviour: (contract) => ({
      tableRequest: (request, situation) => ({
        ...contract.tableRequest(request, situation),
        annotations: request.annotations ?? '*',
      }),
      answer: (answer, request, about) => {
        const given = contract.answer(answer, request, about);
        const row = about.resource === 'row-get' || about.resource === 'rows-get';
        const asked = request.prefer.join().toLowerCase().includes('include-annotations');
        return row && !asked ? withoutHeader(given, 'Preference-Applied') : given;
      },
    }),
  },
  sticky: {
    summary: 'goes on giving labels in the millisecond in which they were asked for',
    narrow: true,
    behaviour: (contract) => {
      let askedAt: number | undefined;
      return {
        tableRequest: (request, situation) => {
          const read = contract.tableRequest(request, situation);
          if (read.annotations !== undefined) askedAt = situation.now;
          return askedAt === situation.now ? { ...read, annotations: read.annotations ?? '*' } : read;
        },
        answer: (answer, request, about) => {
          const given = contract.answer(answer, request, about);
          const asked = request.prefer.join().toLowerCase().includes('include-annotations');
          return asked || about.resource !== 'row-get' ? given : withoutHeader(given, 'Preference-Applied');
        },
      };
    },
  },
});
