import { preferences } from '../../contract/vocabulary.ts';
import { parsePrefer } from '../core/prefer.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviations({
  asynchronous: {
    summary: 'takes odata.callback for respond-async as well',
    behaviour: edit('preferences', (read) => ({
      ...read,
      respondAsync: read.respondAsync || read.callbackUrl !== undefined,
    })),
  },
  refused: {
    summary: 'refuses odata.callback without respond-async',
    behaviour: edit('answer', (answer, request, about) => {
      const alone = about.resource === 'synchronous' && parsePrefer(request.prefer).has(preferences.callback);
      const message = 'A callback needs respond-async.';
      return alone ? withJson(answer, 400, { error: { code: '0x80040203', message } }) : answer;
    }),
  },
});
