import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  twice: {
    summary: 'tells callback registrations of each completion twice',
    behaviour: edit('outbound', (requests, request) =>
      request.purpose === 'registration' ? [...requests, ...requests] : requests,
    ),
  },
});
