import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviations({
  'generic-error': {
    summary: 'hides why a synchronous call failed',
    behaviour: edit('answer', (answer, _request, about) => {
      if (about.resource !== 'synchronous' || answer.status < 400) return answer;
      return withJson(answer, 500, {
        error: { code: '0x80040216', message: 'An unexpected error occurred.' },
      });
    }),
  },
});
