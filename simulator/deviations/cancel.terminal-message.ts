import { terminalMessage } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editJson } from '../edit.ts';

export default defineDeviations({
  delete: {
    summary: 'refuses DELETE of a finished operation without the documented text',
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'monitor-delete' && answer.status >= 400 && about.before?.state === 3
        ? editJson(answer, () => ({ message: 'Conflict' }))
        : answer,
    ),
  },
  paraphrased: {
    summary: 'refuses to cancel a finished operation in its own words',
    behaviour: edit('answer', (answer) => ({
      ...answer,
      body: answer.body?.replace(terminalMessage, 'The operation has completed.'),
    })),
  },
  patch: {
    summary: 'refuses PATCH of a finished operation without the documented text',
    behaviour: edit('answer', (answer, _request, about) =>
      about.resource === 'row-patch' && answer.status >= 400 && about.before?.state === 3
        ? editJson(answer, () => ({
            error: { code: '0x80048d08', message: 'The operation is not valid in this state.' },
          }))
        : answer,
    ),
  },
});
