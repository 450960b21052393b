import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withHeader, withoutHeader } from '../edit.ts';

export default defineDeviations({
  first: {
    summary: 'says respond-async only where the callback stands first in Prefer',
    behaviour: edit('answer', (answer, request, about) => {
      const first = /^\s*odata\.callback/i.test(request.prefer.join(','));
      return about.resource === 'submit' && answer.status === 202 && first
        ? withHeader(answer, 'Preference-Applied', 'respond-async')
        : answer;
    }),
  },
  missing: {
    summary: 'does not say which preference it applied',
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'submit' && about.operation?.callbackUrl !== undefined
        ? withoutHeader(answer, 'Preference-Applied')
        : answer,
    ),
  },
  'respond-async': {
    summary: 'says respond-async only, although a callback will come',
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'submit' && about.operation?.callbackUrl !== undefined
        ? withHeader(answer, 'Preference-Applied', 'respond-async')
        : answer,
    ),
  },
  several: {
    summary: 'says respond-async only where the preferences come in several fields',
    behaviour: edit('answer', (answer, request, about) =>
      answer.status === 202 && request.prefer.length > 1 && about.operation?.callbackUrl !== undefined
        ? withHeader(answer, 'Preference-Applied', 'respond-async')
        : answer,
    ),
  },
});
