import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withoutHeader } from '../edit.ts';

export default defineDeviations({
  'no-allow': {
    summary: 'does not say which methods are allowed',
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'monitor-other' && answer.status === 405 ? withoutHeader(answer, 'Allow') : answer,
    ),
  },
  'not-found': {
    summary: 'knows no resource for other methods: 404',
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'monitor-other' && answer.status === 405 ? { ...answer, status: 404 } : answer,
    ),
  },
});
