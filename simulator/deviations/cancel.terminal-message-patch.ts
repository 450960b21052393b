import { defineDeviation } from '../deviation.ts';
import { editJson } from '../edit.ts';

export default defineDeviation({
  name: 'cancel.terminal-message-patch',
  breaks: 'cancel.terminal-message',
  summary: 'refuses PATCH of a finished operation without the documented text',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      return about.resource === 'row-patch' && given.status >= 400 && about.before?.state === 3
        ? editJson(given, () => ({
            error: { code: '0x80048d08', message: 'The operation is not valid in this state.' },
          }))
        : given;
    },
  }),
});
