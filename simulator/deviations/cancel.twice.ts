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
});
