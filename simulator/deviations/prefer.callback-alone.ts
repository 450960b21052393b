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
  kept: {
    summary:
      'keeps the callback that a synchronous call asked for, and gives it to the next operation that asks for none',
    alsoBreaks: { 'submit.preference-applied': 'the next answer says that a callback was asked for' },
    narrow: true,
    behaviour: (contract) => {
      let kept: string | undefined;
      return {
        preferences: (request, situation) => {
          const read = contract.preferences(request, situation);
          if (!read.respondAsync) {
            const asked = parsePrefer(request.prefer).get(preferences.callback)?.parameters.get('url');
            kept = asked ?? kept;
            return read;
          }
          const callbackUrl = read.callbackUrl ?? kept;
          kept = undefined;
          return callbackUrl === undefined ? read : { ...read, callbackUrl };
        },
      };
    },
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
