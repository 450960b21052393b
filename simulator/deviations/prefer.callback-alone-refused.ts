import { preferences } from '../../contract/vocabulary.ts';
import { parsePrefer } from '../core/prefer.ts';
import { defineDeviation } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviation({
  name: 'prefer.callback-alone-refused',
  breaks: 'prefer.callback-alone',
  summary: 'refuses odata.callback without respond-async',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const alone = about.resource === 'synchronous' && parsePrefer(request.prefer).has(preferences.callback);
      const message = 'A callback needs respond-async.';
      return alone ? withJson(kept, 400, { error: { code: '0x80040203', message } }) : kept;
    },
  }),
});
