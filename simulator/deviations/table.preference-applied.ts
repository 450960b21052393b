import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withHeader, withoutHeader } from '../edit.ts';

export default defineDeviations({
  'beside-page-size': {
    summary: 'says only that it applied the page size where the labels were wanted too',
    narrow: true,
    behaviour: edit('answer', (answer, request, about) =>
      about.resource === 'rows-get' && /maxpagesize/.test(request.prefer.join())
        ? withHeader(answer, 'Preference-Applied', 'odata.maxpagesize=1000')
        : answer,
    ),
  },
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
