import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withoutHeader } from '../edit.ts';

export default defineDeviations({
  missing: {
    summary: 'does not say that it applied the annotation preference',
    behaviour: edit('answer', (answer, _request, about) => {
      if (about.resource !== 'row-get' && about.resource !== 'rows-get') return answer;
      return withoutHeader(answer, 'Preference-Applied');
    }),
  },
  select: {
    summary: 'does not say that it applied the annotation preference where columns are chosen',
    narrow: true,
    behaviour: edit('answer', (answer, request, about) =>
      about.resource === 'row-get' && request.query.includes('select')
        ? withoutHeader(answer, 'Preference-Applied')
        : answer,
    ),
  },
});
