import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  'bad-request': {
    summary: 'answers 400 to a user who lacks a privilege, as to any error of a plug-in',
    behaviour: edit('answer', (answer, _request, about) =>
      answer.status === 403 && about.resource === 'submit' ? { ...answer, status: 400 } : answer,
    ),
  },
  'not-found': {
    summary: 'knows no custom APIs for a user who lacks a privilege',
    behaviour: edit('answer', (answer, _request, about) =>
      answer.status === 403 && about.resource === 'submit' ? { ...answer, status: 404 } : answer,
    ),
  },
  unauthorized: {
    summary: 'answers 401 to a user who lacks a privilege',
    behaviour: edit('answer', (answer, _request, about) =>
      answer.status === 403 && about.resource === 'submit' ? { ...answer, status: 401 } : answer,
    ),
  },
});
