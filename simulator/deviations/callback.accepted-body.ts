import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  none: {
    summary: 'answers a request for a callback without a body',
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'submit' && about.operation?.callbackUrl !== undefined
        ? { ...answer, body: undefined }
        : answer,
    ),
  },
});
