import { withJson } from '../edit.ts';
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
  monitor: {
    summary: 'knows no monitor for a user who lacks a privilege',
    narrow: true,
    behaviour: edit('answer', (answer, _request, about) =>
      answer.status === 403 && about.resource === 'monitor-get'
        ? withJson(answer, 404, { error: { code: '0x80048d02', message: 'There is no such operation.' } })
        : answer,
    ),
  },
  retrying: {
    summary: 'knows no operation that awaits a retry when a user who lacks a privilege cancels it',
    narrow: true,
    behaviour: edit('answer', (answer, _request, about) =>
      answer.status === 403 &&
      about.resource === 'monitor-delete' &&
      about.before?.state !== 3 &&
      about.before?.attempts === 1 &&
      !about.before.executing
        ? withJson(answer, 404, { error: { code: '0x80048d02', message: 'There is no such operation.' } })
        : answer,
    ),
  },
});
