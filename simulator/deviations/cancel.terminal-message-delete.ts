import { defineDeviation } from '../deviation.ts';
import { editJson } from '../edit.ts';

export default defineDeviation({
  name: 'cancel.terminal-message-delete',
  breaks: 'cancel.terminal-message',
  summary: 'refuses DELETE of a finished operation without the documented text',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const given = contract.answer(answer, request, about);
      return about.resource === 'monitor-delete' && given.status >= 400 && about.before?.state === 3
        ? editJson(given, () => ({ message: 'Conflict' }))
        : given;
    },
  }),
});
