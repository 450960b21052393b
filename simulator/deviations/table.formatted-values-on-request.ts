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
        const asked = request.prefer.join().includes('include-annotations');
        return row && !asked ? withoutHeader(given, 'Preference-Applied') : given;
      },
    }),
  },
});
